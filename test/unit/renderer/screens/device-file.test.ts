import { describe, expect, it } from 'vitest';
import {
  type DeviceFile,
  exampleFile,
  firstMeanings,
  mappedText,
  nameOfColumn,
  readDeviceFile,
  repeated,
} from '../../../../src/renderer/screens/bulk-issue/device-file.ts';
import { readCsv } from '../../../../src/shared/model/csv.ts';

function fileOf(text: string): DeviceFile {
  const { file } = readDeviceFile('devices.csv', text);
  if (file === undefined) throw new Error('The file was refused.');
  return file;
}

describe('a file of devices in the window', () => {
  it('knows columns by their usual names, and keeps the others as notes', () => {
    const file = fileOf('CN;DNS names;Room;metadata.owner;\na;b;c;d;e');
    expect(firstMeanings(file)).toEqual([
      { column: 'commonName' },
      { column: 'dns' },
      { note: 'Room' },
      { note: 'owner' },
      null,
    ]);
  });

  it('finds the columns that would become the same', () => {
    expect(repeated([{ column: 'dns' }, { note: 'x' }, { column: 'dns' }, null, null])).toEqual(new Set([2]));
  });

  it('keeps each row in its line, so that what is said of a line is true of the file', () => {
    const text = '\ncn,room\n\n"a","first\nsecond"\n\n\nb,"say ""x"""\n';
    const file = fileOf(text);
    const sent = mappedText(file, firstMeanings(file));
    const lines = (of: string) => readCsv(of).rows?.map(({ line }) => line);
    expect(lines(sent)).toEqual(lines(text));
    expect(readCsv(sent).rows?.map(({ cells }) => cells)).toEqual([
      ['commonName', 'metadata.room'],
      ['a', 'first\nsecond'],
      ['b', 'say "x"'],
    ]);
  });

  it('sends what a formula looks like as it is, and nothing of a column that is left out', () => {
    const file = fileOf('cn,secret,room\na,hidden,=1+1');
    const sent = mappedText(file, [{ column: 'commonName' }, null, { note: 'room' }]);
    expect(readCsv(sent).rows?.[1]?.cells).toEqual(['a', '=1+1']);
    expect(sent).not.toContain('hidden');
  });

  it('leaves a cell too many for the service to refuse', () => {
    const file = fileOf('cn\na,b');
    expect(readCsv(mappedText(file, firstMeanings(file))).rows?.[1]?.cells).toEqual(['a', 'b']);
  });

  it('calls a column by the name that the person knows', () => {
    const file = fileOf('CN,Room\na,b');
    const meanings = firstMeanings(file);
    expect(nameOfColumn(file, meanings, 'commonName')).toBe('CN');
    expect(nameOfColumn(file, meanings, 'metadata.Room')).toBe('Room');
    expect(nameOfColumn(file, meanings, 'validity')).toBe('validity');
  });

  it('tells the line where it cannot be read', () => {
    expect(readDeviceFile('devices.csv', 'cn\n"open').problem?.line).toBe(2);
    expect(readDeviceFile('devices.csv', '').file?.rows).toEqual([]);
  });

  it('offers an example whose columns are all known', () => {
    const file = fileOf(exampleFile);
    expect(file.rows).toHaveLength(2);
    expect(firstMeanings(file)).not.toContain(null);
  });
});
