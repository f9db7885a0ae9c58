"""Addresses of organisations, their people and their cooperation. They lie under no place."""

from django.urls import path

from loftet.faces.workspace.organisations import handover, members, partnerships, views

urlpatterns = [
    path("organisationer/", views.organisations, name="organisations"),
    path("organisationer/roller/", views.roles, name="roles"),
    path("organisationer/<str:public_id>/", views.organisation, name="organisation"),
    path("organisationer/<str:public_id>/andra/", views.edit, name="organisation_edit"),
    path("organisationer/<str:public_id>/namnd/", views.board_new, name="board_new"),
    path("organisationer/<str:public_id>/medarbetare/", members.member_new, name="member_new"),
    path("organisationer/<str:public_id>/inbjudan/<str:person_id>/", members.invite, name="invite"),
    path("organisationer/<str:public_id>/uppdrag/<int:hat_id>/", members.membership, name="membership"),
    path("organisationer/<str:public_id>/uppdrag/<int:hat_id>/ta-tillbaka/", members.withdraw, name="withdraw"),
    path("overlamning/<str:person_id>/", handover.handover, name="handover"),
    path("partnerskap/<str:public_id>/", partnerships.partnership, name="partnership"),
    path("partnerskap/<str:public_id>/tid/", partnerships.days, name="partnership_days"),
    path("partnerskap/<str:public_id>/part/", partnerships.party_new, name="party_new"),
    path("partnerskap/<str:public_id>/part/<str:party_id>/", partnerships.party_leave, name="party_leave"),
    path("ditt-konto/", views.account, name="account"),
]
