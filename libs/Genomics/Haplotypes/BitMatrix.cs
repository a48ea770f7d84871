using System.Numerics;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>A matrix of 0 and 1, each a bit: rows haplotypes and columns SNPs, or the other way round.</summary>
/// <param name="rows">How many rows.</param>
/// <param name="columns">How many columns.</param>
public sealed class BitMatrix(int rows, int columns)
{
    /// <summary>Bits of a word.</summary>
    public const int WordBits = 64;

    private readonly ulong[] bits = new ulong[(long)rows * WordsOf(columns)];

    /// <summary>How many rows.</summary>
    public int Rows => rows;

    /// <summary>How many columns.</summary>
    public int Columns => columns;

    /// <summary>Words of a row; bits beyond the last column are 0.</summary>
    public int Words { get; } = WordsOf(columns);

    /// <summary>The words that so many bits take: a multiple of 8, so that a row is whole vectors of any processor.</summary>
    public static int WordsOf(int columns) => (columns + 8 * WordBits - 1) / (8 * WordBits) * 8;

    /// <summary>A row's words, the first column in the lowest bit of the first.</summary>
    public Span<ulong> Row(int row) => bits.AsSpan(row * Words, Words);

    /// <summary>Whether there is a 1.</summary>
    public bool this[int row, int column] => (bits[row * Words + column / WordBits] >> column & 1) != 0;

    /// <summary>Ones of each row.</summary>
    public int[] Ones()
    {
        var ones = new int[rows];
        for (var row = 0; row < rows; row++)
            foreach (var word in Row(row)) ones[row] += BitOperations.PopCount(word);
        return ones;
    }

    /// <summary>Some of the rows, in the order given.</summary>
    public BitMatrix Take(IReadOnlyList<int> chosen)
    {
        var taken = new BitMatrix(chosen.Count, columns);
        for (var i = 0; i < chosen.Count; i++) Row(chosen[i]).CopyTo(taken.Row(i));
        return taken;
    }

    /// <summary>Rows become columns.</summary>
    public BitMatrix Transposed()
    {
        var turned = new BitMatrix(columns, rows);
        for (var row = 0; row < rows; row++)
        {
            var (word, bit) = (row / WordBits, 1UL << row);
            var from = Row(row);
            for (var w = 0; w < from.Length; w++)
                for (var left = from[w]; left != 0; left &= left - 1)
                    turned.bits[(w * WordBits + BitOperations.TrailingZeroCount(left)) * turned.Words + word] |= bit;
        }
        return turned;
    }

    /// <summary>A matrix of rows.</summary>
    /// <param name="rows">Words of each, as <see cref="Row"/> gives them.</param>
    /// <param name="columns">Of each.</param>
    public static BitMatrix Of(IReadOnlyList<ulong[]> rows, int columns)
    {
        var matrix = new BitMatrix(rows.Count, columns);
        for (var row = 0; row < rows.Count; row++) rows[row].CopyTo(matrix.Row(row));
        return matrix;
    }
}
