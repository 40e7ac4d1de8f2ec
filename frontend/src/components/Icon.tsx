/** Line drawings of our own, 24 by 24, in the colour of the text around them. */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  flag: "M6 21V4h11l-2.5 4L17 12H6",
  skip: "M5 5l8 7-8 7zM18 5v14",
  undo: "M9 8H5V4M5.5 8A8 8 0 1 1 4 13",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.2",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  tree: "M12 21v-9M12 15l-4-3M12 13l4-3M6.5 12.5a3.5 3.5 0 1 1 1-6.8A4.5 4.5 0 0 1 16 5a3.8 3.8 0 0 1 1.5 7.3",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14a6.5 6.5 0 0 1 4 6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  bell: "M6 10a6 6 0 1 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20.5a2.2 2.2 0 0 0 4 0",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1-1",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  globe: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  cloud: "M7 18.5a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 10.5a4 4 0 0 1-.5 8z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2",
  star: "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17l-5.3 3 1.1-6L3.4 9.8l6-.8z",
  heart: "M12 20S3.5 15 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 6-8.5 11-8.5 11z",
  thumbUp: "M7 11v9H4v-9zM7 12l4-8c1.5 0 2.5 1 2 3l-.7 3H19a2 2 0 0 1 2 2.3l-1 6A2 2 0 0 1 18 20H7",
  thumbDown: "M17 13V4h3v9zM17 12l-4 8c-1.5 0-2.5-1-2-3l.7-3H5a2 2 0 0 1-2-2.3l1-6A2 2 0 0 1 6 4h11",
  warn: "M12 4L2.5 20h19zM12 10v4.5M12 17.3v.2",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.6v.2",
  plus: "M12 5v14M5 12h14",
  equal: "M5 9h14M5 15h14",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  key: "M14.5 9.5a4.5 4.5 0 1 0-3 4.2L13 15h2v2h2v2h3.5v-3.3l-6.2-6.2zM8.5 8.5v.01",
  book: "M12 6.5C10 5 7 4.500 3.500 4.500v14C7 18.500 10 19 12 20.500c2-1.500 5-2 8.500-2v-14C17 4.500 14 5 12 6.500zM12 6.500v14",
  bold: "M7 12h6.5a3.75 3.75 0 0 1 0 7.5H7v-15h5.500a3.75 3.75 0 0 1 0 7.500",
  code: "M8.5 7L3.500 12l5 5M15.500 7l5 5-5 5",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  quote: "M4 5v14M9 7h11M9 12h11M9 17h7",
  flame:
    "M12 21a6 6 0 0 1-6-6c0-3 2-4.500 3-7 .5 1.500 1 2 2 2.500C11 7 12 5 14.500 3c0 3 3.500 6 3.500 11.500A6 6 0 0 1 12 21z",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that says nothing by itself: whoever shows it alone names it elsewhere. */
export function Icon({
  name,
  size = 20,
  mirrored = false,
}: {
  name: IconName;
  size?: number;
  mirrored?: boolean;
}) {
  return (
    <svg
      className={mirrored ? "mirrored" : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
