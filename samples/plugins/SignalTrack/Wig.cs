namespace SignalTrack;

/// <summary>What a declaration line of a wig file says of the lines that follow: chromosome, first base, step, bases of a value.</summary>
/// <param name="chromosome">Its name.</param>
/// <param name="start">1-based start of the next value; null for variableStep, whose lines say it.</param>
/// <param name="step">From one value to the next.</param>
/// <param name="span">Bases that a value holds for.</param>
internal sealed class Wig(string chromosome, long? start, long step, long span)
{
    private long next = start ?? 0;

    /// <summary>Null where the declaration is malformed.</summary>
    public static Wig? Parse(string[] cells)
    {
        var fields = new Dictionary<string, string>();
        foreach (var cell in cells.Skip(1))
        {
            if (cell.Split('=') is not [var key, var value]) return null;
            fields[key] = value;
        }
        var isFixed = cells[0] == "fixedStep";
        var start = Field("start", null);
        var (step, span) = (Field("step", 1), Field("span", 1));
        if (!fields.TryGetValue("chrom", out var chromosome) || step is not > 0 || span is not > 0) return null;
        if (isFixed && start is not > 0) return null;
        return new(chromosome, isFixed ? start : null, step.Value, span.Value);

        long? Field(string name, long? otherwise) => fields.TryGetValue(name, out var text) ? TrackReader.Whole(text) ?? -1 : otherwise;
    }

    /// <summary>The stretch of a line, 0-based and half-open; null where it is malformed.</summary>
    public (string Chromosome, long Start, long End, float Value)? Next(string[] cells)
    {
        if (cells.Length != (start is null ? 2 : 1) || TrackReader.Number(cells[^1]) is not { } value) return null;
        var place = start is null ? TrackReader.Whole(cells[0]) : next;
        if (place is not > 0) return null;
        next += step;
        return (chromosome, place.Value - 1, place.Value - 1 + span, value);
    }
}
