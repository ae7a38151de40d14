// The shapes of the API (types only, generated from daemon/http/openapi.yaml).
import type { components } from '../api/schema';

export type Schemas = components['schemas'];
export type FieldError = NonNullable<Schemas['Error']['fields']>[number];
