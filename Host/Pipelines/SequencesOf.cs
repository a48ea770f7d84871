using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Pipelines;

/// <summary>
/// Fills in <c>data: { of: STAGE }</c> of a pretrain stage: the data of a finetune stage after it, of which pretraining reads the sequences
/// and not the labels. Where labels are cut to a share the sequences are not; where data is divided into folds they are those of the fold,
/// so that what is tested on is never read.
/// </summary>
internal static class SequencesOf
{
    private const string Of = "of";
    private const string Data = "data";

    /// <summary>Whether a stage reads another one's sequences.</summary>
    public static bool IsIn(Node stage) => Named(stage) is not null;

    /// <summary>Fills it in wherever it stands.</summary>
    /// <param name="root">The pipeline.</param>
    /// <param name="offered">What there is.</param>
    /// <exception cref="UsageException">The stage is not there.</exception>
    public static void FillIn(MapNode root, IReadOnlyList<ComponentInfo> offered)
    {
        if (root["stages"] is not ListNode list) return;
        var names = StageNames.Of(list);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (Named(list.Items[i]) is not var (body, wanted)) continue;
            var place = body[Data]!.Place.At(Of);
            var later = Enumerable.Range(i + 1, list.Items.Count - i - 1).Where(j => Finetune(list.Items[j]) is not null).ToList();
            if (later.FirstOrDefault(j => names[j] == wanted, -1) is var found && found < 0)
                throw new UsageException($"{place}: no finetune stage named '{wanted}' comes after it; there is "
                    + $"{(later.Count == 0 ? "none at all" : string.Join(", ", later.Select(j => names[j])))}.");
            if (Finetune(list.Items[found])![Data] is { } data) body.Set(Data, Whole(data, offered).Under(body[Data]!.Place));
        }
    }

    private static (MapNode Body, string Wanted)? Named(Node stage) =>
        Body(stage, StageKind.Pretrain) is { } body
        && body[Data] is MapNode { Entries: [{ Key: Of, Value: ScalarNode { IsNull: false } name }] } ? (body, name.Text) : null;

    private static MapNode? Finetune(Node stage) => Body(stage, StageKind.Finetune);

    private static MapNode? Body(Node stage, StageKind kind) => (stage as MapNode)?[StageNames.Key(kind)] as MapNode;

    /// <summary>Data without the source that takes a share of its labels.</summary>
    private static Node Whole(Node data, IReadOnlyList<ComponentInfo> offered)
    {
        while (data is MapNode map && map[Data] is { } inner && map[SpecNodes.Use] is ScalarNode use
            && offered.Any(o => o.Kind == typeof(IDataSource) && o.Name == use.Text && o.Options.IsAssignableTo(typeof(ISubsetOptions))))
            data = inner;
        return data;
    }
}
