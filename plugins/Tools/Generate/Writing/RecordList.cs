using PluginHost.Libs.Tools.Journals;

namespace PluginHost.Plugins.Generate.Writing;

/// <summary>Which records are there, and where in the journal; the journal holds them, so memory does not grow with their length.</summary>
internal sealed class RecordList
{
    private const long Missing = -1;
    private readonly JournalFile journal;
    private readonly long[] places;
    private readonly int[] attempts;

    /// <param name="journal">With what was written before.</param>
    /// <param name="count">Records that are asked for.</param>
    public RecordList(JournalFile journal, long count)
    {
        this.journal = journal;
        (places, attempts, Open) = (new long[count], new int[count], count);
        Array.Fill(places, Missing);
        foreach (var (at, block) in journal.Blocks()) Take(at, block);
    }

    /// <summary>Records that are asked for.</summary>
    public long Count => places.Length;

    /// <summary>Records that are missing.</summary>
    public long Open { get; private set; }

    /// <summary>Tries that were made.</summary>
    public long Tries { get; private set; }

    /// <summary>Sequences that were discarded.</summary>
    public long Discarded { get; private set; }

    /// <summary>The number of the round that goes on.</summary>
    public int NextAttempt() => Enumerable.Range(0, places.Length).Where(n => places[n] == Missing).Min(n => attempts[n]);

    /// <summary>Records that a round has still to try, in order.</summary>
    public IEnumerable<long> Pending(int attempt)
    {
        for (var n = 0; n < places.Length; n++)
            if (places[n] == Missing && attempts[n] == attempt) yield return n;
    }

    /// <summary>Adds what a batch wrote.</summary>
    public void Add(IReadOnlyList<Written> batch)
    {
        using var block = new MemoryStream();
        using (var file = new BinaryWriter(block)) foreach (var written in batch) written.Save(file);
        var bytes = block.ToArray();
        Take(journal.Add(bytes), bytes);
    }

    /// <summary>All of them in order.</summary>
    public IEnumerable<Written> Read()
    {
        var (at, held) = (Missing, new Dictionary<long, Written>());
        for (var n = 0; n < places.Length; n++)
        {
            // A batch holds records that follow one another.
            if (places[n] != at) held = Records(journal.Read(at = places[n])).ToDictionary(w => w.Number);
            yield return held[n];
        }
    }

    private void Take(long at, byte[] block)
    {
        foreach (var written in Records(block))
        {
            attempts[written.Number] = written.Attempt + 1;
            Tries++;
            Discarded += written.Discarded;
            if (written.Sequences.Count == 0 || places[written.Number] != Missing) continue;
            places[written.Number] = at;
            Open--;
        }
    }

    private static IEnumerable<Written> Records(byte[] block)
    {
        using var file = new BinaryReader(new MemoryStream(block));
        while (file.BaseStream.Position < block.Length) yield return Written.Load(file);
    }
}
