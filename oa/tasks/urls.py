from django.urls import path

from oa.tasks.views import checking, contributions, reading, stream, working

urlpatterns = [
    path("tasks", reading.TasksView.as_view(), name="tasks"),
    path("tasks/next", working.NextView.as_view(), name="next_task"),
    path("tasks/available", reading.AvailableView.as_view(), name="available_tasks"),
    path("tasks/waiting", reading.WaitingView.as_view(), name="waiting"),
    path("tasks/stream", stream.StreamView.as_view(), name="task_stream"),
    path("tasks/<uuid:task_id>", reading.TaskView.as_view(), name="task"),
    path("tasks/<uuid:task_id>/submit", working.SubmitView.as_view(), name="submit_task"),
    path("tasks/<uuid:task_id>/skip", working.SkipView.as_view(), name="skip_task"),
    path("tasks/<uuid:task_id>/unskip", working.UnskipView.as_view(), name="unskip_task"),
    path("tasks/<uuid:task_id>/extend", working.ExtendView.as_view(), name="extend_task"),
    path("tasks/<uuid:task_id>/draft", working.DraftView.as_view(), name="draft_of_task"),
    path("checks", checking.ChecksView.as_view(), name="checks"),
    path("me/drafts", reading.DraftsView.as_view(), name="my_drafts"),
    path("me/contributions", contributions.ContributionsView.as_view(), name="my_contributions"),
]
