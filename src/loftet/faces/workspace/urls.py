"""The workspace's addresses."""

from django.urls import include, path

from loftet.faces.workspace.board.views import board
from loftet.faces.workspace.dialogues import urls as dialogues
from loftet.faces.workspace.followup import urls as followup
from loftet.faces.workspace.history import urls as history
from loftet.faces.workspace.home.views import home
from loftet.faces.workspace.indicators import urls as indicators
from loftet.faces.workspace.organisations import urls as organisations
from loftet.faces.workspace.plans import urls as plans
from loftet.faces.workspace.promises import urls as promises
from loftet.faces.workspace.records import urls as records
from loftet.faces.workspace.signing import decisions, papers
from loftet.faces.workspace.signing import views as signing
from loftet.faces.workspace.situation import urls as situation
from loftet.faces.workspace.understanding import urls as understanding

app_name = "workspace"
urlpatterns = [
    path("", home, name="home"),
    path("underskrift/<str:document_id>/", signing.sign, name="sign"),
    path("underskrift/<str:document_id>/exemplar/", signing.copy, name="signing_copy"),
    path("underskrift/<str:document_id>/tillbaka/", signing.send_back, name="send_back"),
    path(
        "underskrift/<str:document_id>/beslut/<int:decision_id>/<str:kind>/",
        decisions.decision_step,
        name="decision_step",
    ),
    path("underskrift/<str:document_id>/papper/", papers.paper_new, name="paper_new"),
    path("underskrift/<str:document_id>/papper/<str:paper_id>/", papers.paper, name="paper"),
    path("underskrift/<str:document_id>/papper/<str:paper_id>/fil/", papers.paper_scan, name="paper_scan"),
    path("", include(organisations.urlpatterns)),
    path("<str:place>/", board, name="place"),
    path("<str:place>/dialoger/", include(dialogues.urlpatterns)),
    path("<str:place>/dialoger/", include(understanding.urlpatterns)),
    path("<str:place>/overenskommelser/", include(plans.urlpatterns)),
    path("<str:place>/problembilder/", include(situation.urlpatterns)),
    path("<str:place>/loften/", include(promises.urlpatterns)),
    path("<str:place>/matt/", include(indicators.urlpatterns)),
    path("<str:place>/historik/", include(history.urlpatterns)),
    path("<str:place>/handlingar/", include(records.handling_patterns)),
    path("<str:place>/undanhallet/", include(records.urlpatterns)),
    path("<str:place>/", include(followup.urlpatterns)),
]
