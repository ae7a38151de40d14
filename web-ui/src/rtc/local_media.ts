// The own camera and microphone: asked for together, taken one by one when only one can be had, and told apart when
// they fail (C8). Muting keeps the microphone and silences it; switching the camera off stops it, so its light goes out.
import { closedMedia, isProblem, problemOf, type DeviceProblem, type DeviceState, type MediaState } from '../model/call_media';

type Kind = 'audio' | 'video';

const audioWishes: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** 640x360 suits a tile and a school's line; a phone held upright turns it by itself. */
const videoWishes: MediaTrackConstraints = {
  width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30, max: 30 }, facingMode: 'user',
};
const kinds: readonly Kind[] = ['audio', 'video'];

export class LocalMedia {
  #state: MediaState = closedMedia;
  #tracks: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } = { audio: null, video: null };
  #muted = false;
  #cameraOff = false;
  /** Counts openings and closings: a device that arrives after its time is put away again. */
  #generation = 0;
  readonly #changed: () => void;
  readonly #deviceChange = (): void => void this.#tryAgainUnasked();

  /** `changed` is called after every change of `state` or of the tracks. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): MediaState {
    return this.#state;
  }

  get audio(): MediaStreamTrack | null {
    return this.#tracks.audio;
  }

  get video(): MediaStreamTrack | null {
    return this.#tracks.video;
  }

  /** Asks for what is missing. Never throws: what could not be had is in `state`. */
  async open(): Promise<void> {
    const generation = ++this.#generation;
    navigator.mediaDevices?.addEventListener?.('devicechange', this.#deviceChange);
    const wanted = kinds.filter((kind) => !this.#tracks[kind] && !(kind === 'video' && this.#cameraOff));
    if (wanted.length === 0) return;
    this.#set(Object.fromEntries(wanted.map((kind) => [kind, 'asking'])));
    await this.#take(wanted, generation);
  }

  close(): void {
    this.#generation += 1;
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.#deviceChange);
    for (const kind of kinds) this.#drop(kind);
    this.#state = closedMedia;
    this.#changed();
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#tracks.audio) this.#tracks.audio.enabled = !muted;
  }

  async setCameraOff(off: boolean): Promise<void> {
    if (this.#cameraOff === off) return;
    this.#cameraOff = off;
    if (off) {
      this.#drop('video');
      this.#set({ video: 'off' });
      return;
    }
    this.#set({ video: 'asking' });
    await this.#take(['video'], this.#generation);
  }

  /** After a sleep a phone may have ended what was running. */
  async recover(): Promise<void> {
    for (const kind of kinds) {
      if (this.#tracks[kind]?.readyState === 'ended') this.#lost(kind);
    }
    await this.#tryAgainUnasked();
  }

  async #take(wanted: readonly Kind[], generation: number): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) {
      this.#set(Object.fromEntries(wanted.map((kind) => [kind, 'unsupported'])));
      return;
    }
    const problem = await this.#ask(wanted, generation);
    if (problem === null || generation !== this.#generation) return;
    if (wanted.length === 1) this.#refused(wanted, problem);
    else await this.#takeOneByOne(wanted, problem, generation);
  }

  /** The error's meaning, or null when the tracks are there. */
  async #ask(wanted: readonly Kind[], generation: number): Promise<DeviceProblem | null> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: wanted.includes('audio') && audioWishes,
        video: wanted.includes('video') && videoWishes,
      });
      for (const track of stream.getTracks()) this.#arrived(track, generation);
      return null;
    } catch (error) {
      return problemOf(error instanceof Error || error instanceof DOMException ? error.name : '');
    }
  }

  /** After a "no" to both the person is not asked again for each; but one of the two may be refused for good. */
  async #takeOneByOne(wanted: readonly Kind[], problem: DeviceProblem, generation: number): Promise<void> {
    for (const kind of wanted) {
      const own = problem === 'denied' ? await this.#standing(kind) : null;
      if (generation !== this.#generation) return;
      const again = problem === 'denied' ? own === 'granted' : true;
      const refusal = again ? await this.#ask([kind], generation) : problem;
      if (generation !== this.#generation) return;
      if (refusal !== null) this.#refused([kind], refusal);
    }
  }

  /** What the browser would answer without asking; null where it does not tell. */
  async #standing(kind: Kind): Promise<PermissionState | null> {
    const name = (kind === 'audio' ? 'microphone' : 'camera') as PermissionName;
    try {
      return (await navigator.permissions.query({ name })).state;
    } catch {
      return null;  // Firefox and older Safaris do not know these names
    }
  }

  #arrived(track: MediaStreamTrack, generation: number): void {
    const kind = track.kind as Kind;
    if (generation !== this.#generation || (kind === 'video' && this.#cameraOff) || this.#tracks[kind]) {
      track.stop();
      return;
    }
    this.#tracks[kind] = track;
    if (kind === 'audio') track.enabled = !this.#muted;
    else track.contentHint = 'motion';
    track.addEventListener('ended', () => {
      if (this.#tracks[kind] === track) this.#lost(kind);
    });
    this.#set({ [kind]: 'on' });
  }

  #refused(wanted: readonly Kind[], problem: DeviceProblem): void {
    this.#set(Object.fromEntries(wanted.map((kind) => [kind, problem])));
  }

  #lost(kind: Kind): void {
    this.#drop(kind);
    this.#set({ [kind]: 'unplugged' });
  }

  #drop(kind: Kind): void {
    const track = this.#tracks[kind];
    this.#tracks[kind] = null;
    track?.stop();
  }

  /** A device came or went: try again for what had been missing. A person who said no is left in peace. */
  async #tryAgainUnasked(): Promise<void> {
    const hopeful: readonly DeviceState[] = ['unplugged', 'missing', 'busy'];
    const wanted = kinds.filter((kind) => hopeful.includes(this.#of(kind)));
    const generation = this.#generation;
    for (const kind of wanted) {
      const problem = await this.#ask([kind], generation);
      if (generation !== this.#generation) return;
      if (problem !== null && isProblem(this.#of(kind)) && this.#of(kind) !== 'unplugged') this.#refused([kind], problem);
    }
  }

  #of(kind: Kind): DeviceState {
    return kind === 'audio' ? this.#state.microphone : this.#state.camera;
  }

  #set(change: Partial<Record<Kind, DeviceState>>): void {
    this.#state = {
      microphone: change.audio ?? this.#state.microphone,
      camera: change.video ?? this.#state.camera,
    };
    this.#changed();
  }
}
