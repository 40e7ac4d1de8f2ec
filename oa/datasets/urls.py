"""Where data sets are found, under /api/v1/."""

from django.urls import path

from oa.datasets.views import withdrawals

urlpatterns = [
    path("me/messages/<uuid:message_id>/data-sets", withdrawals.DataSetsOfMessageView.as_view(), name="my_data_sets"),
    path("me/messages/<uuid:message_id>/withdraw", withdrawals.WithdrawMessageView.as_view(), name="withdraw_message"),
    path("me/messages/<uuid:message_id>/give-back", withdrawals.GiveBackMessageView.as_view(), name="give_back_message"),
    path("me/withdraw", withdrawals.WithdrawEverythingView.as_view(), name="withdraw_everything"),
    path("me/give-back", withdrawals.GiveEverythingBackView.as_view(), name="give_everything_back"),
]
