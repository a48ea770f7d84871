namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Gathers one record while a file is scanned.</summary>
public sealed class RecordBuilder(string name, string description, long line, long firstBase)
{
    private const int PlaceEvery = 1 << 14;
    private readonly List<(long Base, long Byte)> places = [];
    private long firstByte;
    private bool uneven, shorter, blank;

    public string Name => name;
    public long HeaderLine => line;
    public long Bases { get; private set; }
    public int LineBases { get; private set; }
    public int LineBytes { get; private set; }
    public long LowerCase { get; set; }
    public AmbiguityMap Ambiguity { get; } = new();

    /// <summary>Whether another line like the first would leave the record even.</summary>
    public bool IsRegular => LineBases > 0 && LineBytes - LineBases is (1 or 2) && !(uneven || shorter || blank);

    /// <summary>Tells where the next base lies, so that uneven records can be entered near any base.</summary>
    public void AtByte(long offset)
    {
        if (places.Count == 0 || Bases - places[^1].Base >= PlaceEvery) places.Add((Bases, offset));
    }

    public void Advance(long bases) => Bases += bases;

    public void AddAmbiguous(long count, byte code)
    {
        Ambiguity.Add(Bases, count, code);
        Bases += count;
    }

    /// <summary>Ends a line.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="bases">Bases on it.</param>
    /// <param name="bytes">Its bytes, end included.</param>
    /// <param name="ended">Whether it has a line end.</param>
    /// <param name="hasBlanks">Whether there are blanks on it.</param>
    public void EndLine(long start, long bases, long bytes, bool ended, bool hasBlanks)
    {
        if (bases == 0)
        {
            blank = LineBases > 0;
            return;
        }
        // Nothing may follow a shorter line, a differently ended one or an empty one.
        if (shorter || blank || hasBlanks || bases > int.MaxValue - 2) uneven = true;
        if (LineBases == 0)
        {
            (firstByte, LineBases, LineBytes) =
                (start, (int)Math.Min(bases, int.MaxValue - 2), (int)Math.Min(ended ? bytes : bytes + 1, int.MaxValue));
            return;
        }
        if (bases > LineBases) uneven = true;
        else if (bases < LineBases || bytes != LineBytes) shorter = true;
    }

    public FastaRecord Build()
    {
        Ambiguity.Trim();
        return new(name, Bases,
            new LineLayout(uneven ? places[0].Byte : firstByte, LineBases, LineBytes) { Places = uneven ? [.. places] : [] })
        {
            Description = description,
            Line = line,
            FirstBase = firstBase,
            Ambiguity = Ambiguity,
            LowerCase = LowerCase,
        };
    }
}
