using System.Globalization;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Pipelines;

/// <summary>Applies <c>--set path=value</c> to a document before it is read.</summary>
/// <remarks>
/// Paths are dotted. A stage is named by its index, its name or its kind, and the kind may be repeated after it:
/// <c>stages.0.pretrain.train.steps</c>, <c>stages.pretrain.train.steps</c>.
/// </remarks>
public static class Overrides
{
    /// <summary>Applies them in order.</summary>
    /// <exception cref="UsageException">An override is malformed or points nowhere.</exception>
    public static void Apply(MapNode root, IEnumerable<string> overrides)
    {
        foreach (var text in overrides) Apply(root, text);
    }

    private static void Apply(MapNode root, string text)
    {
        var equals = text.IndexOf('=');
        var path = equals > 0 ? text[..equals].Trim() : "";
        if (path.Split('.').Any(s => s.Length == 0))
            throw new UsageException(
                $"--set {text}: write path=value, for example --set tokenizer.k=6 or --set stages.pretrain.train.steps=100.");
        Apply(root, path, YamlDocument.ParseArgument("--set", text[(equals + 1)..], path));
    }

    /// <summary>Replaces what a dotted path points at.</summary>
    /// <exception cref="UsageException">The path points nowhere.</exception>
    public static void Apply(MapNode root, string path, Node value)
    {
        var segments = path.Split('.');
        Node at = root;
        for (var i = 0; i < segments.Length - 1; i++) at = Step(at, segments, ref i, path);
        Put(at, segments[^1], value, path);
    }

    private static Node Step(Node at, string[] segments, ref int i, string path)
    {
        var segment = segments[i];
        if (at is ListNode list)
        {
            var item = list.Items[Index(list, segment, path)];
            if (!StageNames.IsStageList(list) || item is not MapNode { Entries.Count: 1 } stage)
                return AsMap(item, path, m => Replace(list, item, m));
            if (i + 1 < segments.Length - 1 && segments[i + 1] == stage.Entries[0].Key) i++;
            return AsMap(stage.Entries[0].Value, path, body => stage.Set(stage.Entries[0].Key, body));
        }
        var map = (MapNode)at;
        return map[segment] is ListNode inner ? inner : AsMap(map[segment], path, m => map.Set(segment, m));
    }

    /// <summary>The map at a node; a component written as its bare name becomes one, and so does nothing at all.</summary>
    private static Node AsMap(Node? node, string path, Action<MapNode> replace)
    {
        switch (node)
        {
            case MapNode or ListNode: return node;
            case null or ScalarNode { IsNull: true }:
                var empty = new MapNode(node?.Place ?? new Place("--set", 0, path), []);
                replace(empty);
                return empty;
            case ScalarNode name when CoreSchema.Resolve(name.Text) is string:
                var spec = new MapNode(name.Place, [new(SpecNodes.Use, name)]);
                replace(spec);
                return spec;
            default: throw new UsageException($"--set {path}: {node!.Place} is {node.Describe()}, which has nothing inside.");
        }
    }

    private static void Put(Node at, string key, Node value, string path)
    {
        if (at is MapNode map) map.Set(key, value);
        else if (at is ListNode list && key == list.Items.Count.ToString(CultureInfo.InvariantCulture)) list.Items.Add(value);
        else if (at is ListNode items) items.Items[Index(items, key, path)] = value;
    }

    private static void Replace(ListNode list, Node old, Node fresh) => list.Items[list.Items.IndexOf(old)] = fresh;

    private static int Index(ListNode list, string segment, string path)
    {
        if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return index < list.Items.Count ? index
                : throw new UsageException($"--set {path}: there is no entry {index}; there are {list.Items.Count}, counted from 0.");
        if (!StageNames.IsStageList(list))
            throw new UsageException(
                $"--set {path}: '{segment}' stands where a list's index belongs; there are {list.Items.Count} entries, counted from 0.");
        var names = StageNames.Of(list);
        var found = names.ToList().IndexOf(segment);
        return found >= 0 ? found
            : throw new UsageException(
                $"--set {path}: there is no stage '{segment}'; there are: {string.Join(", ", names)}{Nearest.Hint(segment, names)}.");
    }
}
