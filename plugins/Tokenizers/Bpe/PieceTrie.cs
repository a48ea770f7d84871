namespace PluginHost.Plugins.Bpe;

/// <summary>Pieces by their letters. Node 0 is the root.</summary>
internal sealed class PieceTrie
{
    private readonly List<int[]> children = [];
    private readonly List<int> pieces = [];
    private readonly List<(int From, int To)> longer = [];
    private readonly int letters;

    public PieceTrie(MergeRules rules)
    {
        letters = rules.Letters;
        var codes = new Dictionary<char, int>();
        for (var letter = 0; letter < letters; letter++) codes.Add(rules.Text(letter)[0], letter);
        Grow();
        for (var piece = 0; piece < rules.Count; piece++)
        {
            var node = 0;
            foreach (var letter in rules.Text(piece))
            {
                ref var next = ref children[node][codes[letter]];
                if (next == 0)
                {
                    next = children.Count;
                    Grow();
                }
                node = next;
            }
            pieces[node] = piece;
        }
        Columns = new int[rules.Count];
        Order();
    }

    /// <summary>The place of each piece when they are ordered by letters, such that those that begin alike are neighbours.</summary>
    public int[] Columns { get; }

    /// <summary>The node a letter further, or 0.</summary>
    public int Child(int node, int letter) => children[node][letter];

    /// <summary>The piece that ends at a node, or -1.</summary>
    public int Piece(int node) => pieces[node];

    /// <summary>The columns of the pieces that begin with a node's letters and have more.</summary>
    public (int From, int To) Longer(int node) => longer[node];

    private void Grow()
    {
        children.Add(new int[letters]);
        pieces.Add(-1);
        longer.Add(default);
    }

    /// <summary>A stack, as a piece may have more letters than calls can be nested.</summary>
    private void Order()
    {
        var column = 0;
        var open = new Stack<(int Node, int Letter)>();
        Enter(0);
        while (open.TryPop(out var at))
        {
            if (at.Letter == letters)
            {
                longer[at.Node] = (longer[at.Node].From, column);
                continue;
            }
            open.Push((at.Node, at.Letter + 1));
            if (children[at.Node][at.Letter] is > 0 and var child) Enter(child);
        }

        void Enter(int node)
        {
            if (pieces[node] >= 0) Columns[pieces[node]] = column++;
            longer[node] = (column, column);
            open.Push((node, 0));
        }
    }
}
