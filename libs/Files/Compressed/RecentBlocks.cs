namespace PluginHost.Libs.Files.Compressed;

/// <summary>Keeps the most recently used blocks. Thread-safe.</summary>
/// <param name="capacity">Blocks kept.</param>
public sealed class RecentBlocks(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, LinkedListNode<(int Block, byte[] Content)>> nodes = [];
    private readonly LinkedList<(int Block, byte[] Content)> order = [];

    /// <summary>A block, or null when it is not kept.</summary>
    public byte[]? Get(int block)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(block, out var node)) return null;
            order.Remove(node);
            order.AddFirst(node);
            return node.Value.Content;
        }
    }

    /// <summary>Keeps a block and drops the longest unused one beyond the capacity.</summary>
    /// <returns>The block's content.</returns>
    public byte[] Add(int block, byte[] content)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(block, out var present)) return present.Value.Content;
            nodes[block] = order.AddFirst((block, content));
            if (nodes.Count > capacity)
            {
                nodes.Remove(order.Last!.Value.Block);
                order.RemoveLast();
            }
        }
        return content;
    }
}
