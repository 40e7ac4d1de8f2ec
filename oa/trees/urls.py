"""Where trees and messages are found, under /api/v1/."""

from django.urls import path

from oa.trees import views

urlpatterns = [
    path("trees", views.TreesView.as_view(), name="trees"),
    path("trees/<uuid:tree_id>", views.TreeView.as_view(), name="tree"),
    path("messages", views.MessagesView.as_view(), name="messages"),
    path("messages/<uuid:message_id>", views.MessageView.as_view(), name="message"),
    path("messages/<uuid:message_id>/thread", views.ThreadView.as_view(), name="message_thread"),
    path("messages/<uuid:message_id>/history", views.HistoryView.as_view(), name="message_history"),
    path("me/messages", views.OwnMessagesView.as_view(), name="my_messages"),
]
