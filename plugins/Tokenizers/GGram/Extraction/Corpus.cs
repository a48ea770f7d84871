namespace PluginHost.Plugins.GGram;

/// <summary>Tokenizes a data source's training split into a <see cref="TokenStore"/>, on all cores, in the source's order.</summary>
/// <param name="source">Read once, one epoch.</param>
/// <param name="tokenizer">Special tokens, unknown ones among them, become gaps.</param>
/// <param name="bothStrands">Each sequence is followed by its reverse complement.</param>
internal sealed class Corpus(ISampleSource source, ITokenizer tokenizer, bool bothStrands)
{
    private const int AtOnce = 16;   // sequences a core

    /// <summary>Bases read, both strands counted.</summary>
    public long Bases { get; private set; }

    /// <summary>Reads all.</summary>
    public void Fill(TokenStore store, Action<string, long, long?> progress, CancellationToken cancellation)
    {
        var strands = bothStrands ? 2 : 1;
        var block = new int[Environment.ProcessorCount * AtOnce * strands][];
        for (var start = 0L; start < source.Count; start += block.Length / strands)
        {
            cancellation.ThrowIfCancellationRequested();
            var samples = (int)Math.Min(block.Length / strands, source.Count - start);
            var bases = 0L;
            Parallel.For(0, samples, i =>
            {
                var sample = source.Get(start + i, new SeededRandom((ulong)(start + i)));
                Interlocked.Add(ref bases, (long)sample.Sequence.Length * strands);
                block[i * strands] = Encode(sample);
                if (bothStrands) block[i * strands + 1] = Encode(sample with { Sequence = Iupac.ReverseComplement(sample.Sequence) });
            });
            foreach (var tokens in block.AsSpan(0, samples * strands)) store.Add(tokens);
            Bases += bases;
            progress("sequences tokenized", start + samples, source.Count);
        }
    }

    private int[] Encode(Sample sample)
    {
        var ids = tokenizer.Encode(sample, new EncodeContext(SpecialTokens: false)).Ids;
        var vocabulary = tokenizer.Vocabulary;
        return [.. ids.Select(id => vocabulary.IsSpecial(id) ? TokenStore.Gap : id)];
    }
}
