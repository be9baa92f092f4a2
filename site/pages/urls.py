from django.contrib.sitemaps.views import sitemap
from django.urls import path

from pages import feeds, views
from pages.views import files, mine, mine_calendar, mine_email
from pages.views.councils import councils
from pages.views.mine_newsletter import newsletter
from pages.views.mine_volunteer import volunteer

app_name = "pages"
urlpatterns = [
    path("anpassa/", views.appearance, name="appearance"),
    path("sok/", views.find, name="search"),
    path("webbkarta/", views.site_map, name="site_map"),
    path("engagera-dig/patientrad/", councils, name="councils"),
    path("nyheter/flode.xml", feeds.NewsFeed(), name="news_feed"),
    path("sitemap.xml", sitemap, {"sitemaps": feeds.SITEMAPS}, name="sitemap"),
    path("mina-sidor/", mine.start, name="mine"),
    path("mina-sidor/vem/", mine.who, name="mine_who"),
    path("mina-sidor/bokningar/", mine.bookings, name="mine_bookings"),
    path("mina-sidor/kalender/", mine_calendar.calendar, name="mine_calendar"),
    path("mina-sidor/medlemskap/", mine.membership, name="mine_membership"),
    path("mina-sidor/fornya/", mine.renew, name="mine_renew"),
    path("mina-sidor/kvitto/<int:number>/", mine.receipt, name="mine_receipt"),
    path("mina-sidor/volontar/", volunteer, name="mine_volunteer"),
    path("mina-sidor/uppgifter/", mine.own_data_page, name="mine_data"),
    path("mina-sidor/uppgifter/andra/", mine.change, name="mine_change"),
    path("mina-sidor/uppgifter/e-post/", mine_email.ask, name="mine_email"),
    path("mina-sidor/uppgifter/e-post/<str:token>/", mine_email.confirm, name="mine_email_confirm"),
    path(
        "mina-sidor/uppgifter/ta-bort-relation/",
        mine.forget_relation,
        name="mine_forget_relation",
    ),
    path("mina-sidor/uppgifter/hamta/", mine.download, name="mine_download"),
    path("mina-sidor/uppgifter/radera/", mine.erase, name="mine_erase"),
    path("mina-sidor/nyhetsbrev/", newsletter, name="mine_newsletter"),
    path("mina-sidor/vem-kan-se/", mine.looks, name="mine_looks"),
    path("filer/<uuid:key>/", files.prepared, name="file"),
    path("radering/<str:token>/", mine.erasing, name="erasing"),
    path("medlemskort/<str:token>/", mine.card, name="card"),
    path("robots.txt", views.robots, name="robots"),
]
