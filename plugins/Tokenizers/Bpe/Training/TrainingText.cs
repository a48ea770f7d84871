namespace PluginHost.Plugins.Bpe.Training;

/// <summary>Runs of A, C, G, T as token numbers, two bytes a base, each run followed by <see cref="Break"/>.</summary>
internal sealed class TrainingText
{
    /// <summary>Stands between runs, and is never part of a pair.</summary>
    public const ushort Break = ushort.MaxValue;

    /// <summary>The letters by token number: in the order of their characters, as Hugging Face's trainer numbers them.</summary>
    public const string Letters = "ACGT";

    private ushort[] tokens;

    /// <param name="capacity">Bases expected; it grows where there are more.</param>
    public TrainingText(int capacity)
    {
        tokens = GC.AllocateUninitializedArray<ushort>(Math.Max(16, capacity));
        tokens[Length++] = Break;
    }

    /// <summary>Token numbers; what is beyond <see cref="Length"/> is undefined.</summary>
    public ushort[] Tokens => tokens;

    /// <summary>Tokens, breaks included: one before the first run, one after each.</summary>
    public int Length { get; private set; }

    /// <summary>Bases added.</summary>
    public long Bases { get; private set; }

    /// <summary>Adds a sequence; anything but A, C, G, T in either case ends a run.</summary>
    public void Add(ReadOnlySpan<char> sequence)
    {
        Reserve(sequence.Length + 1);
        foreach (var c in sequence)
        {
            var code = (c | 0x20) switch { 'a' => 0, 'c' => 1, 'g' => 2, 't' => 3, _ => Break };
            if (code != Break) Bases++;
            else if (tokens[Length - 1] == Break) continue;
            tokens[Length++] = (ushort)code;
        }
        if (tokens[Length - 1] != Break) tokens[Length++] = Break;
    }

    private void Reserve(int more)
    {
        if (Length + more <= tokens.Length) return;
        var size = Math.Min(Array.MaxLength, Math.Max((long)Length + more, tokens.Length * 3L / 2));
        if (size < (long)Length + more)
            throw new ResourceException($"{Bases:N0} bases and more do not fit; train on fewer with 'maxBases'.");
        Array.Resize(ref tokens, (int)size);
    }
}
