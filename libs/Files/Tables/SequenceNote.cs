namespace PluginHost.Libs.Files.Tables;

/// <summary>What a table's <c>note</c> column says of a sequence whose figures tell nothing of its bases.</summary>
public static class SequenceNote
{
    /// <summary>Said of a sequence of N alone.</summary>
    public const string NoKnownBase = "no known base";

    /// <summary>Said of a sequence in which no token stands for bases.</summary>
    public const string NoToken = "no token";

    /// <summary>The note of a sample; null for none.</summary>
    /// <param name="sample">The sequence.</param>
    /// <param name="encode">Encodes it, where that is needed to tell; null where nobody can.</param>
    public static string? Of(Sample sample, Func<EncodedSequence?> encode) =>
        sample.Sequence.Length > 0 && sample.Sequence.AsSpan().IndexOfAnyExcept('N', 'n') < 0 ? NoKnownBase
        : encode() is { } encoding && Array.TrueForAll(encoding.Spans, s => s.Length == 0) ? NoToken : null;
}
