"""Where the community is found, under /api/v1/."""

from django.urls import path

from oa.community.views import leaving, notices, points, reactions

urlpatterns = [
    path("me/points", points.PointsView.as_view(), name="my_points"),
    path("me/points/ledger", points.LedgerView.as_view(), name="my_ledger"),
    path("me/notices", notices.NoticesView.as_view(), name="my_notices"),
    path("me/notices/read", notices.NoticesReadView.as_view(), name="read_notices"),
    path("me/notices/count", notices.NoticesCountView.as_view(), name="count_notices"),
    path("me/preferences", notices.PreferencesView.as_view(), name="my_preferences"),
    path("community/boards", points.BoardsView.as_view(), name="boards"),
    path("community/formula", points.FormulaView.as_view(), name="formula"),
    path("community/goal", points.GoalView.as_view(), name="goal"),
    path("community/unsubscribe/<str:token>", notices.UnsubscribeView.as_view(), name="unsubscribe"),
    path("community/unsubscribe/<str:token>/page", leaving.UnsubscribePage.as_view(), name="unsubscribe_page"),
    path("messages/<uuid:message_id>/reactions", reactions.ReactionsView.as_view(), name="reactions"),
    path("messages/<uuid:message_id>/reactions/<str:emoji>", reactions.ReactionView.as_view(), name="reaction"),
]
