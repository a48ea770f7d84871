namespace PluginHost.Plugins.Generate.Writing;

/// <summary>One try at a record.</summary>
/// <param name="Number">Of the record, from 0: prompts one behind the other, each with as many as were asked for.</param>
/// <param name="Attempt">From 0: how many before it were discarded.</param>
/// <param name="Discarded">Sequences that were discarded: where none is left, the record is tried again.</param>
/// <param name="Sequences">What was kept, the best first.</param>
internal sealed record Written(long Number, int Attempt, int Discarded, IReadOnlyList<WrittenSequence> Sequences)
{
    /// <summary>Into a journal.</summary>
    public void Save(BinaryWriter file)
    {
        file.Write(Number);
        file.Write(Attempt);
        file.Write(Discarded);
        file.Write(Sequences.Count);
        foreach (var sequence in Sequences)
        {
            file.Write(sequence.LogProbability);
            file.Write((byte)sequence.End);
            file.Write(sequence.Tokens.Count);
            foreach (var token in sequence.Tokens) file.Write(token);
        }
    }

    /// <summary>Out of a journal.</summary>
    public static Written Load(BinaryReader file)
    {
        var (number, attempt, discarded) = (file.ReadInt64(), file.ReadInt32(), file.ReadInt32());
        var sequences = new WrittenSequence[file.ReadInt32()];
        for (var s = 0; s < sequences.Length; s++)
        {
            var (logProbability, end) = (file.ReadDouble(), (DecodeEnd)file.ReadByte());
            var tokens = new int[file.ReadInt32()];
            for (var t = 0; t < tokens.Length; t++) tokens[t] = file.ReadInt32();
            sequences[s] = new(tokens, logProbability, end);
        }
        return new(number, attempt, discarded, sequences);
    }
}

/// <summary>What was written.</summary>
/// <param name="Tokens">Without the prompt; with the stop token where there was one.</param>
/// <param name="LogProbability">Sum over the tokens, in nats.</param>
/// <param name="End">Why it ended.</param>
internal sealed record WrittenSequence(IReadOnlyList<int> Tokens, double LogProbability, DecodeEnd End);
