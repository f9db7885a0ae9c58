"""All addresses. The fixed ones come first; what is left is a place."""

from django.urls import include, path

from loftet.faces.shared import errors

urlpatterns = [
    path("", include("loftet.faces.opendata.urls")),
    path("skrivbord/", include("loftet.faces.workspace.urls")),
    path("", include("loftet.faces.workspace.account_urls")),
    path("", include("loftet.faces.shared.urls")),
    path("", include("loftet.faces.public.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
