"""The public's addresses. The fixed ones come first; what is left is a place."""

from django.urls import include, path

from loftet.faces.public.about import views as about
from loftet.faces.public.dialogues import urls as dialogues
from loftet.faces.public.followup import views as followup
from loftet.faces.public.places import place
from loftet.faces.public.places import urls as places
from loftet.faces.public.plans import views as plans
from loftet.faces.public.promises import views as promises
from loftet.faces.public.register import views as register
from loftet.faces.public.situation import views as situation

app_name = "public"
urlpatterns = [
    *places.urlpatterns,
    path("medborgarloften/", promises.all_promises, name="promises"),
    path("loftesboken/", register.entries, name="register"),
    path("loftesboken/kontrollera/", register.check, name="register_check"),
    path("loftesboken/<int:number>/", register.entry, name="register_entry"),
    path("om/", about.about, name="about"),
    path("om/integritet/", about.privacy, name="about_privacy"),
    path("om/tillganglighet/", about.accessibility, name="about_accessibility"),
    path("om/granskning/", about.moderation, name="about_moderation"),
    path("<str:place>/", place.place, name="place"),
    path("<str:place>/dialoger/", include(dialogues.urlpatterns)),
    path("<str:place>/dialoger/<slug:slug>/svar/", followup.feedback, name="feedback"),
    path("<str:place>/overenskommelser/<slug:slug>/", plans.agreement, name="agreement"),
    path("<str:place>/overenskommelser/<slug:slug>/versioner/", plans.versions, name="agreement_versions"),
    path("<str:place>/overenskommelser/<slug:slug>/pdf/", plans.paper, name="agreement_pdf"),
    path("<str:place>/problembilder/<slug:slug>/", situation.picture, name="picture"),
    path("<str:place>/medborgarloften/<slug:slug>/", promises.promise, name="promise"),
    path("<str:place>/medborgarloften/<slug:slug>/versioner/", promises.versions, name="promise_versions"),
    path("<str:place>/medborgarloften/<slug:slug>/kedjan/", promises.chain, name="promise_chain"),
]
