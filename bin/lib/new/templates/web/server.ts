import 'server-only';
import { reading } from '@/resource/on-server';
import { $many } from './$file_many';

export const get$struct = reading($many);
