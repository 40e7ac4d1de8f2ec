import { useMe } from "@/api/me";
import { Loading } from "@/components/States";
import { Page } from "@/components/Page";

/** The door: what this is for who comes by, and what can be done now for who is signed in. */
export default function StartPage() {
  const { data: me } = useMe();
  return <Page title="oa">{me === undefined ? <Loading /> : null}</Page>;
}
