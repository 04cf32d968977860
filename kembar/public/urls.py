"""Public addresses: `/` is the home office, every office stands under its slug."""

from django.urls import path

from kembar.public import countersigning, outputs, reporting, views
from kembar.web.addresses import TABLE

app_name = "public"


urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:office>/", views.register, name="register"),
    path(f"<slug:office>/register.{TABLE}", views.download, name="download"),
    path("<slug:office>/changes.xml", outputs.feed, name="feed"),
    path("<slug:office>/expiring.ics", outputs.expiring, name="expiring"),
    path("<slug:office>/card/", outputs.register_card, name="register-card"),
    path("<slug:office>/sitemap.xml", outputs.office_sitemap, name="sitemap"),
    path("<slug:office>/marks.svg", views.marks, name="marks"),
    path("<slug:office>/how-many/", views.how_many, name="how-many"),
    path("<slug:office>/about/", views.about, name="about"),
    path("<slug:office>/reports/new/", reporting.report, name="report"),
    path("<slug:office>/reports/<slug:token>/", reporting.answer, name="report-answer"),
    path("<slug:office>/confirmations/<str:token>/", countersigning.show, name="confirmation"),
    path("<slug:office>/confirmations/<str:token>/code/", countersigning.send, name="confirmation-code"),
    path("<slug:office>/confirmations/<str:token>/enter/", countersigning.enter, name="confirmation-enter"),
    path("<slug:office>/confirmations/<str:token>/leave/", countersigning.leave, name="confirmation-leave"),
    path(
        "<slug:office>/confirmations/<str:token>/points/<int:number>/answer/",
        countersigning.say,
        name="confirmation-answer",
    ),
    path("<slug:office>/partners/<slug:partner>/", views.partner, name="partner"),
    path("<slug:office>/partners/<slug:partner>/changes.xml", outputs.partner_feed, name="partner-feed"),
    path("<slug:office>/partners/<slug:partner>/card/", outputs.partner_card, name="partner-card"),
    path(f"<slug:office>/partners/<slug:partner>/timeline.{TABLE}", outputs.timeline_file, name="timeline-file"),
    path("<slug:office>/partners/<slug:partner>/promises/", views.promises, name="promises"),
    path(f"<slug:office>/partners/<slug:partner>/promises.{TABLE}", views.promises_file, name="promises-file"),
    path("<slug:office>/partners/<slug:partner>/promises.xml", outputs.promises_feed, name="promises-feed"),
    path("<slug:office>/partners/<slug:partner>/promises.ics", outputs.promises_calendar, name="promises-calendar"),
    path("<slug:office>/partners/<slug:partner>/promises.txt", outputs.promises_text, name="promises-text"),
    path("<slug:office>/partners/<slug:partner>/promises/card/", outputs.promises_card, name="promises-card"),
]

# Of the whole site, in no language: crawlers ask for these two at the root.
of_site = [
    path("robots.txt", outputs.robots, name="robots"),
    path("sitemap.xml", outputs.sitemap_index, name="sitemaps"),
]
