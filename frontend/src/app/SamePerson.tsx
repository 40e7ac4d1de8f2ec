import { useEffect, useRef } from "react";
import { useMe } from "@/api/me";
import { watchPerson } from "@/lib/whose";

/**
 * Nobody is shown what belongs to the person before them, and nothing is sent in another's name: a page whose person
 * is no longer who is signed in here is loaded anew. What they wrote is kept in the browser under their own name.
 */
export function SamePerson() {
  const { data: me } = useMe();
  const before = useRef("");
  const person = me === undefined ? undefined : (me?.id ?? "");
  useEffect(() => {
    if (person === undefined) return;
    const other = before.current !== "" && person !== "" && person !== before.current;
    if (person !== "") before.current = person;
    const anew = () => window.location.reload();
    if (other) anew();
    return watchPerson(person, anew);
  }, [person]);
  return null;
}
