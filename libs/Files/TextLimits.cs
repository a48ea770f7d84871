namespace PluginHost.Libs.Files;

/// <summary>How large a part of a text file may be before it is refused: what is larger is hostile or not what it is taken for.</summary>
public static class TextLimits
{
    /// <summary>
    /// The longest line of text, and the longest row of a table: 64 MiB. The genotypes of a million samples fit, and any sequence
    /// that a model reads; FASTA, which is read in pieces, has no such limit.
    /// </summary>
    public const int LongestLine = 1 << 26;

    /// <summary>The most columns of a table.</summary>
    public const int MostColumns = 1 << 20;

    /// <summary>The largest file of settings that is read whole: JSON that describes a model or a run.</summary>
    public const int Settings = 1 << 26;

    /// <summary>The largest vocabulary or tokenizer file.</summary>
    public const int Vocabulary = 1 << 29;

    /// <summary>A limit as messages say it.</summary>
    public static string Show(long bytes) => $"{bytes >> 20:N0} MiB";
}
