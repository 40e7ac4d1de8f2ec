import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { api, data } from "@/api/client";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";

/** A message has its place in a tree: go there. */
export default function MessagePage() {
  const { t } = useTranslation("follow");
  const { id = "" } = useParams();
  const {
    data: message,
    error,
    refetch,
  } = useQuery({
    queryKey: ["messages", "one", id],
    queryFn: () => data(api.GET("/api/v1/messages/{message_id}", { params: { path: { message_id: id } } })),
  });
  if (message) return <Navigate to={`/trees/${message.tree_id}?message=${message.id}`} replace />;
  const missing = isProblem(error) && error.status === 404;
  return (
    <Page title={t("conversation")}>
      {!error && <Loading lines={6} />}
      {missing && <Empty title={error.detail} action={<ButtonLink to="/trees">{t("toAll")}</ButtonLink>} />}
      {error && !missing && <Trouble error={error} retry={() => void refetch()} />}
    </Page>
  );
}
