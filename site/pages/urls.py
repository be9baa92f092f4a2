from django.contrib.sitemaps.views import sitemap
from django.urls import path

from pages import feeds, views

app_name = "pages"
urlpatterns = [
    path("anpassa/", views.appearance, name="appearance"),
    path("sok/", views.find, name="search"),
    path("webbkarta/", views.site_map, name="site_map"),
    path("nyheter/flode.xml", feeds.NewsFeed(), name="news_feed"),
    path("sitemap.xml", sitemap, {"sitemaps": feeds.SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
