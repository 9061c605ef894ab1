/**
 * The page's policy forbids making code from strings, which zod's faster path tries while a schema is being made: this
 * has to be said before the contract's schemas are, so the composition root imports it first.
 */
import { z } from 'zod';

z.config({ jitless: true });
