from django.urls import path

from oa.accounts.views import people

urlpatterns = [
    path("me", people.MeView.as_view(), name="me"),
    path("me/consents", people.ConsentsView.as_view(), name="my_consents"),
    path("me/tokens", people.TokensView.as_view(), name="my_tokens"),
    path("me/tokens/<uuid:token_id>", people.TokenView.as_view(), name="my_token"),
    path("terms", people.TermsView.as_view(), name="terms"),
]
