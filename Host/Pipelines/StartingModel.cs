using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;

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
    /// <param name="components">What there is.</param>
    /// <returns>The keys that were completed, and the values that stood there.</returns>
    /// <exception cref="DataException">There is no model where it says.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Complete(MapNode root, string file, IComponentFactory components)
    {
        var open = ((string[])["tokenizer", "architecture"]).Where(key => IsOpen(root, key))
            .ToDictionary(key => key, IReadOnlyList<string> (key) => [.. Texts(root[key])]);
        if (root["start"] is not ScalarNode { IsNull: false } start || open.Count == 0)
            return new Dictionary<string, IReadOnlyList<string>>();
        IReadOnlyList<string> roots = root["pathRoots"] is ListNode list ? [.. list.Items.OfType<ScalarNode>().Select(n => n.Text)] : [];
        var folder = ModelCard.Find(PathSearch.Of(file, roots).Resolve(start.Text));
        var card = PartPlugins.Pin(ModelCard.Read(folder), folder, components, warn: null);
        Fill(root, "tokenizer", card.Tokenizer);
        Fill(root, "architecture", card.Architecture);
        return open;
    }

    private static IEnumerable<string> Texts(Node? node) => node switch
    {
        ScalarNode scalar => [scalar.Text],
        MapNode map => map.Entries.SelectMany(e => Texts(e.Value)),
        ListNode list => list.Items.SelectMany(Texts),
        _ => [],
    };

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
