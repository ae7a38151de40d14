// The state of the own camera and microphone (C8), and what a browser's refusal means in plain words.

export type DeviceProblem =
  | 'denied'       // the person, the browser or the system said no
  | 'missing'      // there is none
  | 'busy'         // another program holds it
  | 'unplugged'    // it went away in the call
  | 'unsupported'  // this browser (an app's own, mostly) cannot
  | 'broken';      // anything else

/** `asking`: the browser's question is open. `off`: switched off by the person (camera only; its light is out). */
export type DeviceState = 'asking' | 'on' | 'off' | DeviceProblem;

export interface MediaState {
  readonly microphone: DeviceState;
  readonly camera: DeviceState;
}

export const askingForMedia: MediaState = { microphone: 'asking', camera: 'asking' };
export const closedMedia: MediaState = { microphone: 'off', camera: 'off' };

const problems: readonly DeviceState[] = ['denied', 'missing', 'busy', 'unplugged', 'unsupported', 'broken'];

export function isProblem(state: DeviceState): state is DeviceProblem {
  return problems.includes(state);
}

/** getUserMedia's errors by their names (W3C Media Capture, 10.3; the old names of older browsers too). */
export function problemOf(errorName: string): DeviceProblem {
  switch (errorName) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError': return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError': return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError': return 'busy';
    case 'NotSupportedError':
    case 'TypeError': return 'unsupported';
    default: return 'broken';
  }
}

export type DeviceName = 'both' | 'camera' | 'microphone';

/** What is to be said about the devices: one sentence when both have the same trouble. */
export interface DeviceNotice {
  readonly device: DeviceName;
  readonly problem: DeviceProblem;
}

export function deviceNotices({ microphone, camera }: MediaState): readonly DeviceNotice[] {
  if (isProblem(microphone) && microphone === camera) return [{ device: 'both', problem: microphone }];
  return [
    ...(isProblem(microphone) ? [{ device: 'microphone', problem: microphone } as const] : []),
    ...(isProblem(camera) ? [{ device: 'camera', problem: camera } as const] : []),
  ];
}
