import { z } from 'zod';

// Compiled checks need eval. Zod would try whether it may, and our content policy would say no, aloud.
z.config({ jitless: true });

export { z };
