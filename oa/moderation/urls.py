"""Where moderators' work is found, under /api/v1/."""

from django.urls import path

from oa.moderation import views

urlpatterns = [
    path("me/leave", views.LeaveView.as_view(), name="leave"),
    path("messages/<uuid:message_id>/reports", views.ReportMessageView.as_view(), name="report_message"),
    path("moderation/reports", views.ReportsView.as_view(), name="reports"),
    path("moderation/reports/<uuid:report_id>/dismiss", views.DismissReportView.as_view(), name="dismiss_report"),
    path("moderation/decisions", views.DecisionsView.as_view(), name="decisions"),
    path("moderation/people", views.PeopleView.as_view(), name="people"),
    path("moderation/people/<uuid:person_id>/ban", views.BanView.as_view(), name="ban_person"),
    path("moderation/people/<uuid:person_id>/unban", views.LiftBanView.as_view(), name="lift_ban"),
    path("moderation/people/<uuid:person_id>/role", views.SetRoleView.as_view(), name="set_role"),
    path("moderation/messages/<uuid:message_id>", views.ModeratedMessageView.as_view(), name="moderated_message"),
    path("moderation/messages/<uuid:message_id>/delete", views.DeleteMessageView.as_view(), name="delete_message"),
    path("moderation/messages/<uuid:message_id>/restore", views.RestoreMessageView.as_view(), name="restore_message"),
    path("moderation/messages/<uuid:message_id>/edit", views.EditMessageView.as_view(), name="edit_message"),
    path("moderation/triage", views.TriageView.as_view(), name="triage"),
    path("moderation/triage/counts", views.TriageCountsView.as_view(), name="triage_counts"),
    path("moderation/triage/<uuid:message_id>/look", views.LookView.as_view(), name="look"),
    path("moderation/triage/<uuid:message_id>/unlook", views.UnlookView.as_view(), name="unlook"),
    path("moderation/trees/<uuid:tree_id>/halt", views.HaltTreeView.as_view(), name="halt_tree"),
    path("moderation/trees/<uuid:tree_id>/resume", views.ResumeTreeView.as_view(), name="resume_tree"),
]
