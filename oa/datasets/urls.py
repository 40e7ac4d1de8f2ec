"""Where data sets are found, under /api/v1/."""

from django.urls import path

from oa.datasets.views import datasets, exports, imports, releases, withdrawals

urlpatterns = [
    path("datasets", datasets.DatasetsView.as_view(), name="datasets"),
    path("datasets/<str:name>", datasets.DatasetView.as_view(), name="dataset"),
    path("datasets/<str:name>/withdrawn", datasets.WithdrawnView.as_view(), name="dataset_withdrawn"),
    path("datasets/<str:name>/files/<path:path>", datasets.DatasetFileView.as_view(), name="dataset_file"),
    path("moderation/export", exports.ExportView.as_view(), name="export"),
    path("moderation/releases", releases.ReleasesView.as_view(), name="releases"),
    path("moderation/releases/options", releases.ReleaseOptionsView.as_view(), name="release_options"),
    path("moderation/releases/preview", releases.PreviewReleaseView.as_view(), name="preview_release"),
    path("moderation/releases/<str:name>", releases.ReleaseView.as_view(), name="release"),
    path("moderation/releases/<str:name>/publish", releases.PublishReleaseView.as_view(), name="publish_release"),
    path("moderation/releases/<str:name>/cancel", releases.CancelReleaseView.as_view(), name="cancel_release"),
    path("moderation/releases/<str:name>/retry", releases.RetryReleaseView.as_view(), name="retry_release"),
    path("moderation/releases/<str:name>/recall", releases.RecallReleaseView.as_view(), name="recall_release"),
    path("moderation/releases/<str:name>/files/<path:path>", releases.ReleaseFileView.as_view(), name="release_file"),
    path("me/messages/<uuid:message_id>/data-sets", withdrawals.DataSetsOfMessageView.as_view(), name="my_data_sets"),
    path("me/messages/<uuid:message_id>/withdraw", withdrawals.WithdrawMessageView.as_view(), name="withdraw_message"),
    path(
        "me/messages/<uuid:message_id>/give-back", withdrawals.GiveBackMessageView.as_view(), name="give_back_message"
    ),
    path("me/withdraw", withdrawals.WithdrawEverythingView.as_view(), name="withdraw_everything"),
    path("me/give-back", withdrawals.GiveEverythingBackView.as_view(), name="give_everything_back"),
    path("moderation/imports", imports.ImportsView.as_view(), name="imports"),
    path("moderation/imports/limits", imports.ImportLimitsView.as_view(), name="import_limits"),
    path("moderation/imports/<uuid:import_id>", imports.ImportView.as_view(), name="import"),
    path("moderation/imports/<uuid:import_id>/problems", imports.ImportProblemsView.as_view(), name="import_problems"),
    path("moderation/imports/<uuid:import_id>/run", imports.RunImportView.as_view(), name="run_import"),
    path("moderation/imports/<uuid:import_id>/stop", imports.StopImportView.as_view(), name="stop_import"),
]
