const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** The parts of Go's reference time, each of which stands for itself; a longer one before those that it begins with. */
const parts =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|__2|002|_2(?!006)|0[1-6]|15|PM|pm|[.,](?:0+|9+)(?!\d)|[1-5]/g;

/** Writes a time in the local zone, in a layout as Go's `time.Format` reads it. */
export function formatTime(layout: string, time: Date): string {
  return layout.replace(parts, (part) => partOf(part, time));
}

function partOf(part: string, time: Date): string {
  const hour = time.getHours();
  const [day, month] = [time.getDate(), time.getMonth()];
  switch (part) {
    case "January":
      return months[month] ?? "";
    case "Jan":
      return months[month]?.slice(0, 3) ?? "";
    case "Monday":
      return days[time.getDay()] ?? "";
    case "Mon":
      return days[time.getDay()]?.slice(0, 3) ?? "";
    case "2006":
      return padded(time.getFullYear(), 4);
    case "06":
      return padded(time.getFullYear() % 100, 2);
    case "01":
      return padded(month + 1, 2);
    case "1":
      return String(month + 1);
    case "02":
      return padded(day, 2);
    case "_2":
      return String(day).padStart(2);
    case "2":
      return String(day);
    case "002":
      return padded(dayOfYear(time), 3);
    case "__2":
      return String(dayOfYear(time)).padStart(3);
    case "15":
      return padded(hour, 2);
    case "03":
      return padded(hour % 12 || 12, 2);
    case "3":
      return String(hour % 12 || 12);
    case "04":
      return padded(time.getMinutes(), 2);
    case "4":
      return String(time.getMinutes());
    case "05":
      return padded(time.getSeconds(), 2);
    case "5":
      return String(time.getSeconds());
    case "PM":
      return hour < 12 ? "AM" : "PM";
    case "pm":
      return hour < 12 ? "am" : "pm";
    case "MST":
      return zoneName(time);
    default:
      return /^[.,]/.test(part) ? fraction(part, time) : offset(part, -time.getTimezoneOffset());
  }
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function dayOfYear(time: Date): number {
  const first = Date.UTC(time.getFullYear(), 0, 1);
  return (Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) - first) / 86_400_000 + 1;
}

/** A clock here has milliseconds; further digits are zeros. Nines drop the zeros at the end. */
function fraction(part: string, time: Date): string {
  const digits = padded(time.getMilliseconds(), 3)
    .padEnd(9, "0")
    .slice(0, part.length - 1);
  if (part.charAt(1) === "0") return part.charAt(0) + digits;
  const rest = digits.replace(/0+$/, "");
  return rest === "" ? "" : part.charAt(0) + rest;
}

/** Writes the distance to UTC, in as many parts as the layout has, with colons where it has them. */
function offset(part: string, minutes: number): string {
  if (part.startsWith("Z") && minutes === 0) return "Z";
  const absolute = Math.abs(minutes);
  const colon = part.includes(":") ? ":" : "";
  const digits = part.replace(/[^\d]/g, "").length;
  const all = [Math.trunc(absolute / 60), absolute % 60, 0].slice(0, digits / 2).map((each) => padded(each, 2));
  return (minutes < 0 ? "-" : "+") + all.join(colon);
}

function zoneName(time: Date): string {
  const found = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(time);
  return found.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
}
