using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Models;

/// <summary>The components of one stage, with the names the pipeline calls them by.</summary>
/// <param name="Stage">Where the stage is written, or its name: how messages begin.</param>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="Backbone">The backbone.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Heads">The heads by role.</param>
public sealed record Wiring(
    string Stage,
    Part<ITokenizer> Tokenizer,
    Part<Backbone> Backbone,
    Part<IObjective> Objective,
    IReadOnlyDictionary<string, Part<Head>> Heads);

/// <summary>A component and its name in the pipeline.</summary>
public sealed record Part<T>(string Name, T Component);

/// <summary>
/// Checks, before a device is touched, that every column and stream a component reads is written by another, with equal type and axes.
/// </summary>
public static class WiringCheck
{
    /// <summary>Checks one stage.</summary>
    /// <exception cref="UsageException">
    /// Everything that does not fit, one line each: which component lacks what, and who could have given it.
    /// </exception>
    public static void Check(Wiring wiring)
    {
        var problems = Find(wiring).Select(problem => $"{wiring.Stage}: {problem}").ToList();
        if (problems.Count > 0) throw new UsageException(string.Join('\n', problems));
    }

    /// <summary>Checks that every role the pipeline fills under <c>heads:</c> exists in some stage.</summary>
    /// <exception cref="UsageException">A role that no objective has.</exception>
    public static void CheckRoles(PipelineDefinition pipeline, IEnumerable<IObjective> objectives)
    {
        var roles = objectives.SelectMany(o => o.Heads).Select(h => h.Name).Distinct().ToList();
        foreach (var (role, spec) in pipeline.Heads)
            if (!roles.Contains(role))
                throw new UsageException($"{spec.Origin}: no objective of the pipeline has a role '{role}'; the roles are: "
                    + $"{string.Join(", ", roles)}{Nearest.Hint(role, roles)}.");
    }

    private static IEnumerable<string> Find(Wiring wiring)
    {
        var (tokenizer, backbone, objective) = (wiring.Tokenizer, wiring.Backbone, wiring.Objective);
        var columns = new List<(BatchKey Key, string Writer)>();
        columns.AddRange(tokenizer.Component.Writes.Select(k => (k, $"tokenizer '{tokenizer.Name}'")));
        columns.AddRange(objective.Component.Writes.Select(k => (k, $"objective '{objective.Name}'")));
        foreach (var clash in columns.GroupBy(c => c.Key.Name).Where(g => g.Select(c => c.Key).Distinct().Count() > 1))
            yield return $"column '{clash.Key}' is written in two ways: "
                + $"{string.Join(" and ", clash.Select(c => $"{Show(c.Key)} by {c.Writer}"))}.";

        foreach (var problem in Missing($"architecture '{backbone.Name}'", backbone.Component.Reads, columns)) yield return problem;
        foreach (var role in objective.Component.Heads)
        {
            if (!wiring.Heads.TryGetValue(role.Name, out var head))
            {
                yield return $"objective '{objective.Name}' needs a head for its role '{role.Name}', and there is none.";
                continue;
            }
            var reader = $"head '{head.Name}' (role {role.Name})";
            foreach (var problem in Missing(reader, head.Component.ReadsColumns, columns)) yield return problem;
            foreach (var problem in MissingStreams(reader, head.Component.Reads, backbone)) yield return problem;
        }
    }

    private static IEnumerable<string> Missing(string reader, IReadOnlyList<BatchKey> reads, List<(BatchKey Key, string Writer)> columns)
    {
        foreach (var key in reads.Where(key => !columns.Exists(c => c.Key.Equals(key))))
        {
            var other = columns.Find(c => c.Key.Name == key.Name);
            yield return other.Key is null
                ? $"{reader} reads column '{key.Name}' ({Show(key)}), which nothing writes; written are: "
                    + $"{string.Join(", ", columns.Select(c => $"'{c.Key.Name}' by {c.Writer}"))}."
                : $"{reader} reads column '{key.Name}' as {Show(key)}, but {other.Writer} writes it as {Show(other.Key)}.";
        }
    }

    private static IEnumerable<string> MissingStreams(string reader, IReadOnlyList<StreamKey> reads, Part<Backbone> backbone)
    {
        foreach (var stream in reads.Where(s => !backbone.Component.Streams.Contains(s)))
        {
            var other = backbone.Component.Streams.FirstOrDefault(s => s.Name == stream.Name);
            yield return other is null
                ? $"{reader} reads stream '{stream.Name}' [{stream.Axes}], which architecture '{backbone.Name}' does not offer; it offers: "
                    + $"{string.Join(", ", backbone.Component.Streams.Select(s => $"'{s.Name}' [{s.Axes}]"))}."
                : $"{reader} reads stream '{stream.Name}' with axes [{stream.Axes}], but architecture '{backbone.Name}' offers it with "
                    + $"[{other.Axes}].";
        }
    }

    private static string Show(BatchKey key) => $"{key.Type} [{key.Axes}]";
}
