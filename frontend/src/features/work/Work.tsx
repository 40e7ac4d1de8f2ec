import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useParams, useSearchParams } from "react-router";
import { useMe } from "@/api/me";
import { getTask, taskKey } from "@/api/tasks";
import { problemOf } from "@/api/problems";
import { Asking } from "./Asking";
import { AtTask } from "./AtTask";
import { Refused } from "./Refused";
import type { Screens } from "./screens";
import { tailOf, wishOf } from "@/api/wish";
import { Waiting } from "./Waiting";

/** The place where work is done: asks for a task, or shows the one in the address. */
export function Work({ screens }: { screens: Screens }) {
  const { id } = useParams();
  const [search] = useSearchParams();
  const asked = search.toString();
  const wish = useMemo(() => wishOf(new URLSearchParams(asked)), [asked]);
  const tail = tailOf(wish);
  if (!id) return <Asking key={tail} wish={wish} tail={tail} />;
  return <Opening key={id} id={id} wish={wish} tail={tail} screens={screens} />;
}

interface Props {
  id: string;
  wish: ReturnType<typeof wishOf>;
  tail: string;
  screens: Screens;
}

function Opening({ id, wish, tail, screens }: Props) {
  const { data: me } = useMe();
  const {
    data: task,
    error,
    refetch,
  } = useQuery({
    queryKey: taskKey(id),
    queryFn: () => getTask(id),
    staleTime: 60_000,
  });
  if (task && me) return <AtTask task={task} person={me.id} wish={wish} tail={tail} screens={screens} />;
  if (error) return <Refused problem={problemOf(error)} tail={tail} retry={() => void refetch()} />;
  return <Waiting />;
}
