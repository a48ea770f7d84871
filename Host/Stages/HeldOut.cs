using System.IO.Hashing;
using System.Runtime.InteropServices;
using PluginHost.Host.Foundation;
using PluginHost.Host.Pipelines;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

/// <summary>How much of what is scored, or chosen on, the model was fine-tuned on: equal sequences, on either strand.</summary>
/// <param name="Split">Of the scored samples.</param>
/// <param name="Scored">Samples scored.</param>
/// <param name="Rows">Those that are training samples, with all their fields.</param>
/// <param name="Sequences">
/// Those whose sequence, or its reverse complement, is that of a training sample; at least <paramref name="Rows"/>.
/// </param>
/// <param name="Chosen">Whether weights are chosen on them, rather than a model judged.</param>
public sealed record Overlap(string Split, long Scored, long Rows, long Sequences, bool Chosen)
{
    /// <summary>What stands beside figures of which nothing was held out.</summary>
    public const string Mark = "NOT HELD OUT";

    /// <summary>Whether every sample was trained on, so that the figures say nothing of new sequences.</summary>
    public bool IsTotal => Rows == Scored;

    /// <summary>What it means, as a sentence.</summary>
    /// <param name="stage">Its name.</param>
    public string Sentence(string stage) => IsTotal
        ? $"{stage}: {Mark}: all {Wording.Counted(Scored, "sample")} of the {Split} split are samples the model was trained on, so "
            + (Chosen ? "the best weights are chosen on what was learnt by heart." : "the figures say nothing of new sequences.")
        : $"{stage}: {Wording.Counted(Sequences, "sequence")} of the {Split} split ({Wording.Share(Sequences, Scored)}) "
            + $"{(Sequences == 1 ? "is" : "are")} also in training, as {(Sequences == 1 ? "it is" : "they are")} or as reverse complement: "
            + $"figures on {(Sequences == 1 ? "it" : "them")} are not held out.";
}

/// <summary>Looks for training samples among those that finetune stages choose on and evaluate stages score.</summary>
public static class HeldOut
{
    // Two hashes of 16 bytes each: 64 MB. Larger sets are those of genomes, where windows are held out by place.
    private const long Most = 1_000_000;

    /// <summary>What was found, by stage; none where nothing is shared, or where the stage says <c>heldOut: none</c>.</summary>
    public static IReadOnlyDictionary<string, Overlap> Look(IReadOnlyList<StageParts> stages, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Overlap>();
        foreach (var trained in stages.Where(s => s.Definition.Kind == StageKind.Finetune && s.Main.Count <= Most))
        {
            Known? known = null;
            foreach (var (parts, source, split) in Scored(stages, trained))
            {
                known ??= new Known(trained.Main, cancellation);
                if (known.Look(source, split, chosen: parts == trained, cancellation) is { Sequences: > 0 } overlap)
                    found[parts.Name] = overlap;
            }
        }
        return found;
    }

    private static IEnumerable<(StageParts Parts, ISampleSource Source, string Split)> Scored(IReadOnlyList<StageParts> stages,
        StageParts trained)
    {
        foreach (var parts in stages.Where(s => s.Source == trained && !s.Definition.NothingHeldOut))
        {
            var (source, split) = parts == trained ? (parts.Dev, Split.Dev)
                : parts.Definition.Kind == StageKind.Evaluate ? (parts.Main, parts.Definition.Split) : (null, Split.Test);
            // Who asks for the figures on train is told that they are.
            if (source is { Count: <= Most } && split != Split.Train) yield return (parts, source, split.ToString().ToLowerInvariant());
        }
    }

    /// <summary>The training samples, as hashes.</summary>
    private sealed class Known
    {
        private readonly HashSet<UInt128> rows = [];
        private readonly HashSet<UInt128> sequences = [];

        public Known(ISampleSource train, CancellationToken cancellation)
        {
            foreach (var sample in All(train, cancellation))
            {
                sequences.Add(Strand(sample.Sequence));
                rows.Add(Row(sample));
            }
        }

        public Overlap Look(ISampleSource source, string split, bool chosen, CancellationToken cancellation)
        {
            var (same, shared) = (0L, 0L);
            foreach (var sample in All(source, cancellation))
            {
                if (!sequences.Contains(Strand(sample.Sequence))) continue;
                shared++;
                if (rows.Contains(Row(sample))) same++;
            }
            return new(split, source.Count, same, shared, chosen);
        }

        private static IEnumerable<Sample> All(ISampleSource source, CancellationToken cancellation)
        {
            for (var i = 0L; i < source.Count; i++)
            {
                if (i % 4096 == 0) cancellation.ThrowIfCancellationRequested();
                yield return source.Get(i, new SeededRandom(0, (ulong)i));
            }
        }

        private static UInt128 Strand(string sequence)
        {
            var other = Iupac.ReverseComplement(sequence);
            return Hash(string.CompareOrdinal(sequence, other) <= 0 ? sequence : other);
        }

        private static UInt128 Row(Sample sample)
        {
            var hash = new XxHash128();
            hash.Append(MemoryMarshal.AsBytes(sample.Sequence.AsSpan()));
            foreach (var (name, value) in sample.Fields.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                hash.Append(MemoryMarshal.AsBytes($"\n{name}\t".AsSpan()));
                if (value is float[] vector) hash.Append(MemoryMarshal.AsBytes(vector.AsSpan()));
                else hash.Append(MemoryMarshal.AsBytes((value.ToString() ?? "").AsSpan()));
            }
            return hash.GetCurrentHashAsUInt128();
        }

        private static UInt128 Hash(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
