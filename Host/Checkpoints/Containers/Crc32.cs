namespace PluginHost.Host.Checkpoints.Containers;

/// <summary>The checksum of zip entries (ITU-T V.42, polynomial 0xEDB88320 reversed), eight bytes at a time.</summary>
internal static class Crc32
{
    private static readonly uint[][] tables = Tables();

    /// <summary>Goes on with a checksum; begin with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc ^= (uint)(bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24);
            crc = tables[7][crc & 0xff] ^ tables[6][crc >> 8 & 0xff] ^ tables[5][crc >> 16 & 0xff] ^ tables[4][crc >> 24]
                ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
        }
        foreach (var one in bytes) crc = tables[0][(crc ^ one) & 0xff] ^ crc >> 8;
        return ~crc;
    }

    private static uint[][] Tables()
    {
        var made = new uint[8][];
        for (var table = 0; table < made.Length; table++)
        {
            made[table] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                var value = table == 0 ? i : made[table - 1][i];
                if (table > 0) value = made[0][value & 0xff] ^ value >> 8;
                else
                    for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
                made[table][i] = value;
            }
        }
        return made;
    }
}
