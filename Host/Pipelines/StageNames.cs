using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>What the stages of a document are called.</summary>
public static class StageNames
{
    /// <summary>Whether a list is the document's list of stages.</summary>
    public static bool IsStageList(ListNode list) => list.Place.Path == "stages";

    /// <summary>The kinds that have a key of their own; a tool stands under the tool's name.</summary>
    public static IReadOnlyList<StageKind> Kinds { get; } = [.. Enum.GetValues<StageKind>().Where(k => k != StageKind.Tool)];

    /// <summary>The key a kind is written under.</summary>
    public static string Key(StageKind kind) => TypeNames.Kebab(kind.ToString());

    /// <summary>The name of each stage: as written, else its kind, with a number when it repeats.</summary>
    public static IReadOnlyList<string> Of(ListNode stages)
    {
        var given = stages.Items.Select(Given).ToList();
        var taken = given.OfType<string>().ToHashSet();
        return [.. stages.Items.Select((stage, i) => given[i] ?? Unique(Kind(stage), taken))];
    }

    private static string? Given(Node stage) =>
        stage is MapNode { Entries: [{ Value: MapNode body }] } && body["name"] is ScalarNode { IsNull: false } name ? name.Text : null;

    private static string Kind(Node stage) => stage switch
    {
        // A tool's name may be two words; the stage's is a file's.
        MapNode { Entries: [var first, ..] } => Plain(first.Key),
        ScalarNode bare => Plain(bare.Text),
        _ => "stage",
    };

    private static string Plain(string key) => key.Replace(' ', '-').Replace('/', '-');

    private static string Unique(string name, HashSet<string> taken)
    {
        var result = name;
        for (var number = 2; !taken.Add(result); number++) result = $"{name}-{number}";
        return result;
    }
}
