using System.Globalization;
using System.Numerics;

namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>
/// Reads one pickle as data. It is a stack machine (Python's pickletools documents the instructions) that knows numbers,
/// text, lists, tuples and dictionaries; names and calls go to an <see cref="IPickleWorld"/>, which knows tensors. No code
/// of the file is run, whatever it says.
/// </summary>
internal sealed class PickleReader
{
    private const int NewestProtocol = 5, LongestNumber = 1024;

    /// <summary>A tensor takes about thirty; a bound on what tiny instructions can make of a large file.</summary>
    private const int MostInstructions = 4_000_000;

    private static readonly object mark = new();
    private readonly PickleInput input;
    private readonly IPickleWorld world;
    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];

    private PickleReader(PickleInput input, IPickleWorld world) => (this.input, this.world) = (input, world);

    /// <summary>Reads one pickle.</summary>
    /// <param name="stream">At its first byte; left behind its last.</param>
    /// <param name="world">What its names mean.</param>
    /// <returns>
    /// null, bool, long, <see cref="BigInteger"/>, double, string, byte[], <see cref="List{T}"/>, an array for a tuple,
    /// <see cref="PickleDict"/>, or what the world gives.
    /// </returns>
    /// <exception cref="PickleException">It is malformed, or asks for what is not allowed.</exception>
    public static object? Read(Stream stream, IPickleWorld world) => new PickleReader(new PickleInput(stream), world).Run();

    private object? Run()
    {
        for (var count = 0; count < MostInstructions; count++)
        {
            var at = input.Position;
            var op = (PickleOp)input.Byte();
            if (op == PickleOp.Stop)
            {
                var result = Pop();
                return stack.Count == 0 ? result : throw new PickleException($"{stack.Count} values are left over at its end");
            }
            try { Do(op); }
            catch (PickleException refused)
            {
                throw new PickleException($"{refused.Message} (byte {at:N0})");
            }
        }
        throw new PickleException($"it has more than {MostInstructions:N0} instructions, which no model needs");
    }

    private void Do(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Proto: CheckProtocol(input.Byte()); break;
            case PickleOp.Frame: input.Length64(); break;
            case PickleOp.Mark: Push(mark); break;
            case PickleOp.Pop: Pop(anything: true); break;
            case PickleOp.PopMark: Items(); break;
            case PickleOp.Dup: Push(Top()); break;
            case PickleOp.None: Push(null); break;
            case PickleOp.NewTrue: Push(true); break;
            case PickleOp.NewFalse: Push(false); break;
            case PickleOp.BinInt: Push((long)input.Int32()); break;
            case PickleOp.BinInt1: Push((long)input.Byte()); break;
            case PickleOp.BinInt2: Push((long)input.UInt16()); break;
            case PickleOp.Long1: Push(Whole(input.Bytes(input.Byte()))); break;
            case PickleOp.Long4: Push(Whole(LongNumber())); break;
            case PickleOp.BinFloat: Push(input.Double()); break;
            case PickleOp.Int: Push(Line(input.Line())); break;
            case PickleOp.Long: Push(Line(input.Line().TrimEnd('L'))); break;
            case PickleOp.BinUnicode: Push(input.Text((ulong)input.Length32())); break;
            case PickleOp.ShortBinUnicode: Push(input.Text(input.Byte())); break;
            case PickleOp.BinUnicode8: Push(input.Text(input.Length64())); break;
            case PickleOp.BinString: Push(input.Latin((ulong)input.Length32())); break;
            case PickleOp.ShortBinString: Push(input.Latin(input.Byte())); break;
            case PickleOp.BinBytes: Push(input.Bytes((ulong)input.Length32())); break;
            case PickleOp.ShortBinBytes: Push(input.Bytes(input.Byte())); break;
            case PickleOp.BinBytes8 or PickleOp.ByteArray8: Push(input.Bytes(input.Length64())); break;
            case PickleOp.EmptyList: Push(new List<object?>()); break;
            case PickleOp.List: Push(new List<object?>(Items())); break;
            case PickleOp.Append: AppendOne(); break;
            case PickleOp.Appends: Append(Items()); break;
            case PickleOp.EmptyTuple: Push(Array.Empty<object?>()); break;
            case PickleOp.Tuple: Push(Items()); break;
            case PickleOp.Tuple1: Push(Last(1)); break;
            case PickleOp.Tuple2: Push(Last(2)); break;
            case PickleOp.Tuple3: Push(Last(3)); break;
            case PickleOp.EmptyDict: Push(new PickleDict()); break;
            case PickleOp.Dict: MakeDict(Items()); break;
            case PickleOp.SetItem: SetItems(Last(2)); break;
            case PickleOp.SetItems: SetItems(Items()); break;
            case PickleOp.Get: Push(Remembered(Index(input.Line()))); break;
            case PickleOp.BinGet: Push(Remembered(input.Byte())); break;
            case PickleOp.LongBinGet: Push(Remembered(input.Length32())); break;
            case PickleOp.Put: memo[Index(input.Line())] = Top(); break;
            case PickleOp.BinPut: memo[input.Byte()] = Top(); break;
            case PickleOp.LongBinPut: memo[input.Length32()] = Top(); break;
            case PickleOp.Memoize: memo[memo.Count] = Top(); break;
            case PickleOp.Global: PushName(input.Line(), input.Line()); break;
            case PickleOp.StackGlobal: NameOnStack(); break;
            case PickleOp.Reduce: Call(); break;
            case PickleOp.Build: Build(); break;
            case PickleOp.BinPersId: Push(world.Persistent(Pop())); break;
            default:
                throw new PickleException(Enum.IsDefined(op) ? $"it uses the instruction {op}, which no model file needs"
                : $"0x{(byte)op:x2} is no instruction of a pickle");
        }
    }

    private static void CheckProtocol(byte protocol)
    {
        if (protocol > NewestProtocol) throw new PickleException($"it is of protocol {protocol}; the newest known is {NewestProtocol}");
    }

    private byte[] LongNumber()
    {
        var length = input.Length32();
        return length <= LongestNumber ? input.Bytes((ulong)length)
            : throw new PickleException($"a number of {length:N0} bytes is too large");
    }

    private static object Whole(byte[] bytes)
    {
        var number = new BigInteger(bytes);
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private static object Line(string text) => text switch
    {
        "00" => false,
        "01" => true,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new PickleException("a number is malformed"),
    };

    private static long Index(string line) => Line(line) is long index and >= 0 ? index
        : throw new PickleException("a memo index is malformed");

    private object? Remembered(long index) => memo.TryGetValue(index, out var value) ? value
        : throw new PickleException($"it refers to value {index}, which it did not keep");

    private void PushName(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        Push(world.Knows(global) ? global
            : throw new PickleException($"it names {global}, and a model file may name tensors and dictionaries only"));
    }

    private void NameOnStack()
    {
        if (Last(2) is not [string module, string name]) throw new PickleException("a name is no text");
        PushName(module, name);
    }

    private void Call()
    {
        if (Last(2) is not [PickleGlobal name, object?[] arguments]) throw new PickleException("it calls something that is no name");
        Push(world.Call(name, arguments));
    }

    /// <summary>
    /// Sets attributes of the object below: only dictionaries have any (<c>_metadata</c> of a state dict), and they mean nothing here.
    /// </summary>
    private void Build()
    {
        Pop();
        if (Top() is not PickleDict) throw new PickleException("it sets attributes of something that is no dictionary");
    }

    private void AppendOne()
    {
        var item = Pop();
        (Top() as List<object?> ?? throw NoList()).Add(item);
    }

    private void Append(object?[] items) => (Top() as List<object?> ?? throw NoList()).AddRange(items);

    private static PickleException NoList() => new("it appends to something that is no list");

    private void MakeDict(object?[] items)
    {
        Push(new PickleDict());
        SetItems(items);
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0) throw new PickleException("a dictionary has a key without a value");
        var dictionary = Top() as PickleDict ?? throw new PickleException("it sets items of something that is no dictionary");
        for (var i = 0; i < items.Length; i += 2) dictionary.Set(items[i], items[i + 1]);
    }

    private void Push(object? value) => stack.Add(value);

    private object? Top() => stack.Count > 0 && stack[^1] != mark ? stack[^1] : throw Underflow();

    private object? Pop(bool anything = false)
    {
        if (stack.Count == 0 || (!anything && stack[^1] == mark)) throw Underflow();
        var value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] Last(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    /// <summary>What was pushed since the last mark, which goes too.</summary>
    private object?[] Items()
    {
        var at = stack.LastIndexOf(mark);
        if (at < 0) throw Underflow();
        var items = stack.GetRange(at + 1, stack.Count - at - 1).ToArray();
        stack.RemoveRange(at, stack.Count - at);
        return items;
    }

    private static PickleException Underflow() => new("it takes more values than it has");
}
