import styles from "./WelcomePart.module.css";

/** A leaf that answers, at the tip of a twig, turned as the twig grows. */
function Full({ x, y, turn, size = 1 }: { x: number; y: number; turn: number; size?: number }) {
  return (
    <path
      d="M0 0C-16 -14 -16 -40 0 -58C16 -40 16 -14 0 0"
      fill="var(--leaf)"
      transform={`translate(${x} ${y}) rotate(${turn}) scale(${size})`}
    />
  );
}

/** A round leaf that asks. */
function Open({ x, y, r = 17 }: { x: number; y: number; r?: number }) {
  return <circle cx={x} cy={y} r={r} fill="var(--paper)" stroke="var(--bark)" strokeWidth="4.500" />;
}

const TWIGS = [
  "M200 470V396",
  "M200 362C198 330 150 318 118 290",
  "M200 362C202 320 202 300 201 262",
  "M200 362C206 326 254 316 290 296",
  "M201 204V170",
  "M201 134C198 112 170 102 148 86",
  "M201 134C204 112 232 102 254 84",
  "M331 256C340 247 346 236 348 219",
];

/** A conversation as it grows here: one asks, several answer, and somebody asks on. Drawn only; it says nothing new. */
export function Arbour() {
  return (
    <svg className={styles["arbour"]} viewBox="0 0 400 490" aria-hidden="true" focusable="false">
      <path
        d="M70 472C140 462 260 462 330 472"
        stroke="var(--edge)"
        strokeWidth="3"
        fill="none"
        strokeLinecap="round"
      />
      {TWIGS.map((twig) => (
        <path
          key={twig}
          d={twig}
          stroke="var(--leaf)"
          strokeWidth="4.500"
          fill="none"
          strokeLinecap="round"
        />
      ))}
      <Open x={200} y={379} />
      <Full x={118} y={290} turn={-52} size={1.1} />
      <Full x={201} y={262} turn={0} size={1} />
      <Full x={290} y={296} turn={46} size={1} />
      <Open x={201} y={152} />
      <Full x={148} y={86} turn={-48} size={1.05} />
      <Full x={254} y={84} turn={44} size={1.2} />
      <Open x={349} y={204} r={15} />
    </svg>
  );
}
