using System.Globalization;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Mutations;

/// <summary>Writes candidates.tsv and mutations.tsv.</summary>
/// <param name="options">Validated.</param>
/// <param name="pairs">The truth, where it is known.</param>
internal sealed class CandidateTables(MutationsOptions options, IReadOnlyList<TruePair> pairs)
{
    private readonly Codons? codons = options.Frame is { } frame ? new(frame) : null;
    private readonly ILookup<string, string> children = pairs.ToLookup(p => p.Parent, p => p.Child, StringComparer.Ordinal);

    /// <summary>Writes both.</summary>
    public void Write(ResultFolder folder, IReadOnlyList<Expectation> expected)
    {
        using (var candidates = folder.Write("candidates.tsv"))
        {
            Line(candidates, "id", "rank", "log_probability", "noise_probability", "edits", "ended", "is_true", "mutations", "sequence");
            foreach (var of in expected)
                for (var i = 0; i < of.Ranked.Count; i++)
                {
                    var (candidate, edits) = (of.Ranked[i], Edit.Between(of.Parent.Sequence, of.Ranked[i].Sequence));
                    Line(candidates, of.Parent.Id, i + 1, candidate.LogProbability, candidate.NoiseProbability, edits.Count,
                        candidate.Ended ? "yes" : "no", Known(of, of => children[of].Contains(candidate.Sequence)),
                        string.Join(' ', edits), candidate.Sequence);
                }
        }
        using var mutations = folder.Write("mutations.tsv");
        Line(mutations, "id", "rank", "position", "from", "to", "kind", "change", "codon_place", "amino_acids", "is_true");
        foreach (var of in expected)
        {
            var parent = of.Parent.Sequence;
            var truth = children[parent].SelectMany(child => Edit.Between(parent, child)).ToHashSet();
            for (var i = 0; i < of.Ranked.Count; i++)
                foreach (var edit in Edit.Between(parent, of.Ranked[i].Sequence))
                    Line(mutations, of.Parent.Id, i + 1, edit.Position, edit.From, edit.To, edit.Kind.ToString().ToLowerInvariant(),
                        edit.Change, codons?.Place(Math.Max(1, edit.Position)), codons?.Change(parent, of.Ranked[i].Sequence, edit),
                        Known(of, _ => truth.Contains(edit)));
        }
    }

    private string Known(Expectation of, Func<string, bool> isTrue) =>
        !children.Contains(of.Parent.Sequence) ? "" : isTrue(of.Parent.Sequence) ? "yes" : "no";

    /// <summary>A line of a table; what is not a number is left empty.</summary>
    public static void Line(TextWriter writer, params object?[] cells) => writer.WriteLine(string.Join('\t', cells.Select(c => c switch
    {
        double number => double.IsNaN(number) ? "" : number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => c?.ToString() ?? "",
    })));
}
