from django.urls import path

from volunteers.views import away, doing, duties, follow_up, for_care, own, own_doing, public

app_name = "volunteers"
urlpatterns = [
    path("engagera-dig/anmalan/", public.interest, name="interest"),
    path("engagera-dig/anmalan/klart/<str:signed>/", public.done, name="done"),
    path("engagera-dig/uppdrag/<slug:slug>/", public.role, name="role"),
    # for those who work in care
    path("om-oss/for-varden/boka/", for_care.lecture, name="lecture"),
    path("om-oss/for-varden/broschyrer/", for_care.brochures, name="brochures"),
    path("om-oss/for-varden/klart/<str:signed>/", for_care.asked, name="asked"),
    path("utvardering/<str:token>/", for_care.questions, name="questions"),
    # by the link in a letter
    path("volontar/<str:token>/", own.page, name="own"),
    path("volontar/<str:token>/andra/", own.change, name="own_change"),
    path("volontar/<str:token>/uppgifter/", own.known, name="own_known"),
    path("volontar/<str:token>/ta-bort/", own.withdraw, name="own_withdraw"),
    path("volontar/<str:token>/overenskommelse/", own_doing.agreement, name="own_agreement"),
    path("volontar/<str:token>/pass/", own_doing.shifts, name="own_shifts"),
    path("volontar/<str:token>/pausa/", own_doing.pause, name="own_pause"),
    path("volontar/<str:token>/tillbaka/", own_doing.back, name="own_back"),
    path("volontar/<str:token>/tid/", own_doing.hours, name="own_hours"),
    path("volontar/<str:token>/intyg/", own_doing.own_certificate, name="own_certificate"),
    path("volontar-borttagen/", own.withdrawn, name="withdrawn"),
    # the coordinator's phone
    path("samordning/", follow_up.listed, name="monday"),
    path("samordning/tavla/", follow_up.board, name="board"),
    path("samordning/lamna-over/", away.hand_over, name="hand_over"),
    path("samordning/pass/", doing.shifts, name="shifts"),
    path("samordning/pass/<int:pk>/", doing.shift, name="shift"),
    path("samordning/handledning/", doing.meetings, name="meetings"),
    path("samordning/handledning/<int:pk>/", doing.meeting, name="meeting"),
    path("samordning/person/<uuid:reference>/uppdrag/", doing.roles, name="lead_roles"),
    path("samordning/ansvar/", duties.listed, name="duties"),
    path("samordning/ansvar/nytt/", duties.edit, name="duty_add"),
    path("samordning/ansvar/vila/", duties.rest, name="rest"),
    path("samordning/ansvar/<int:pk>/", duties.edit, name="duty"),
    path("samordning/borta/", away.away, name="away"),
    path("samordning/borta/<int:pk>/tillbaka/", away.come_back, name="come_back"),
    path("samordning/mejl/<int:pk>/angra/", follow_up.regret, name="regret"),
    path("samordning/person/<uuid:reference>/", follow_up.lead, name="lead"),
    path("samordning/person/<uuid:reference>/ringt/", follow_up.called, name="called"),
    path("samordning/person/<uuid:reference>/mejl/", follow_up.write, name="write"),
    path("samordning/person/<uuid:reference>/nasta/", follow_up.step, name="step"),
    path("samordning/person/<uuid:reference>/lamna-over/", away.give, name="give"),
]
