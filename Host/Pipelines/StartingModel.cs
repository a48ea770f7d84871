using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Pipelines;

/// <summary>
/// Takes from the model that <c>start:</c> names what a pipeline leaves out of <c>tokenizer:</c> and <c>architecture:</c>.
/// </summary>
/// <remarks>
/// A key that is missing is the model's own. One without <c>use</c>, such as <c>architecture: { dropout: 0.2 }</c>, is the model's own with
/// the options that stand there.
/// </remarks>
internal static class StartingModel
{
    /// <summary>Completes a document; one that leaves nothing out, or starts from random weights, stays as it is.</summary>
    /// <param name="root">The pipeline.</param>
    /// <param name="file">Full path of its file.</param>
    /// <exception cref="DataException">There is no model where it says.</exception>
    public static void Complete(MapNode root, string file)
    {
        if (root["start"] is not ScalarNode { IsNull: false } start || !(IsOpen(root, "tokenizer") || IsOpen(root, "architecture"))) return;
        IReadOnlyList<string> roots = root["pathRoots"] is ListNode list ? [.. list.Items.OfType<ScalarNode>().Select(n => n.Text)] : [];
        var card = ModelCard.Read(ModelCard.Find(PathSearch.Of(file, roots).Resolve(start.Text)));
        Fill(root, "tokenizer", card.Tokenizer);
        Fill(root, "architecture", card.Architecture);
    }

    private static bool IsOpen(MapNode root, string key) => root[key] switch
    {
        null or ScalarNode { IsNull: true } => true,
        MapNode map => map[SpecNodes.Use] is null,
        _ => false,
    };

    private static void Fill(MapNode root, string key, ComponentSpec own)
    {
        if (!IsOpen(root, key)) return;
        var spec = SpecNodes.ToNode(own, root[key]?.Place ?? root.Place.At(key));
        foreach (var (option, value) in (root[key] as MapNode)?.Entries ?? []) spec.Set(option, value);
        root.Set(key, spec);
    }
}
