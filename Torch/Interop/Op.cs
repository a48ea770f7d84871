using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch.Interop;

/// <summary>
/// One operator of the dispatcher, looked up by its schema name on first use. The only place that calls into libtorch
/// with tensors: every argument is kept alive until the call has returned.
/// </summary>
internal sealed unsafe class Op(string name, string overload = "", params string[] alternatives)
{
    private const int MaxOutputs = 8;
    private const int ScratchWords = 64;

    private nint handle;

    public override string ToString() => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>Whether this libtorch has the operator under any of its names.</summary>
    internal bool Exists => handle != 0 || Find() != 0;

    /// <summary>The one tensor the operator returns.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        NativeArg output;
        _ = Invoke(args, &output, 1);
        return new Tensor(output.Bits);
    }

    /// <summary>The one tensor the operator returns, or null where it returned none.</summary>
    internal Tensor? CallOptional(params ReadOnlySpan<Arg> args)
    {
        NativeArg output;
        _ = Invoke(args, &output, 1);
        return output.Tag == ArgTag.Tensor ? new Tensor(output.Bits) : null;
    }

    /// <summary>An operator that changes its first argument: the result is that same object.</summary>
    internal Tensor InPlace(Tensor self, params ReadOnlySpan<Arg> args)
    {
        _ = Invoke(args, null, 0);
        return self;
    }

    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var outputs = stackalloc NativeArg[MaxOutputs];
        var count = Invoke(args, outputs, MaxOutputs);
        var result = (new Tensor(outputs[0].Bits), new Tensor(outputs[1].Bits));
        for (var i = 2; i < count; i++) Release(outputs[i]);
        return result;
    }

    internal (Tensor, Tensor?, Tensor?) Call3(params ReadOnlySpan<Arg> args)
    {
        var outputs = stackalloc NativeArg[MaxOutputs];
        var count = Invoke(args, outputs, MaxOutputs);
        var result = (new Tensor(outputs[0].Bits), Optional(outputs[1]), Optional(outputs[2]));
        for (var i = 3; i < count; i++) Release(outputs[i]);
        return result;
    }

    internal Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        NativeArg output;
        _ = Invoke(args, &output, 1);
        var handles = (nint*)output.Bits;
        var tensors = new Tensor[output.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        Native.ts_free(output.Bits);
        return tensors;
    }

    /// <summary>Runs an operator whose results are not wanted, e.g. one that writes into its arguments.</summary>
    internal void Run(params ReadOnlySpan<Arg> args) => _ = Invoke(args, null, 0);

    /// <summary>The bool or integer the operator returns.</summary>
    internal long CallInt(params ReadOnlySpan<Arg> args)
    {
        NativeArg output;
        _ = Invoke(args, &output, 1);
        return output.Bits;
    }

    internal bool CallBool(params ReadOnlySpan<Arg> args) => CallInt(args) != 0;

    /// <summary>The number the operator returns (aten::item).</summary>
    internal Scalar CallScalar(params ReadOnlySpan<Arg> args)
    {
        NativeArg output;
        _ = Invoke(args, &output, 1);
        return output.Tag switch
        {
            ArgTag.Bool => new Scalar(output.Bits != 0),
            ArgTag.Double => new Scalar(BitConverter.Int64BitsToDouble(output.Bits)),
            _ => new Scalar((long)output.Bits),
        };
    }

    private static Tensor? Optional(in NativeArg output) => output.Tag == ArgTag.Tensor ? new Tensor(output.Bits) : null;

    private static void Release(in NativeArg output)
    {
        if (output.Tag == ArgTag.Tensor) Native.ts_tensor_free(output.Bits);
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Arg> args, NativeArg* outputs, int capacity)
    {
        var op = handle != 0 ? handle : Resolve();
        var native = stackalloc NativeArg[args.Length];
        var scratch = stackalloc long[ScratchWords];
        var used = 0;
        List<object>? spilled = null;

        for (var i = 0; i < args.Length; i++)
        {
            ref readonly var arg = ref args[i];
            native[i].Tag = arg.Tag;
            switch (arg.Tag)
            {
                case ArgTag.Tensor:
                    native[i].Bits = Unsafe.As<Tensor>(arg.Owner!).Handle;
                    break;
                case ArgTag.Ints:
                    var ints = Unsafe.As<long[]>(arg.Owner!);
                    var words = Room(ints.Length, scratch, ref used, ref spilled);
                    ints.CopyTo(new Span<long>(words, ints.Length));
                    native[i].Length = ints.Length;
                    native[i].Bits = (nint)words;
                    break;
                case ArgTag.Doubles:
                    var doubles = Unsafe.As<double[]>(arg.Owner!);
                    var reals = (double*)Room(doubles.Length, scratch, ref used, ref spilled);
                    doubles.CopyTo(new Span<double>(reals, doubles.Length));
                    native[i].Length = doubles.Length;
                    native[i].Bits = (nint)reals;
                    break;
                case ArgTag.Tensors:
                    var tensors = Unsafe.As<Tensor?[]>(arg.Owner!);
                    var handles = (nint*)Room(tensors.Length, scratch, ref used, ref spilled);
                    for (var j = 0; j < tensors.Length; j++) handles[j] = tensors[j]?.Handle ?? 0;
                    native[i].Length = tensors.Length;
                    native[i].Bits = (nint)handles;
                    break;
                case ArgTag.String:
                    var text = Encoding.UTF8.GetBytes(Unsafe.As<string>(arg.Owner!));
                    var bytes = (byte*)Room((text.Length + 7) / 8, scratch, ref used, ref spilled);
                    text.CopyTo(new Span<byte>(bytes, text.Length));
                    native[i].Length = text.Length;
                    native[i].Bits = (nint)bytes;
                    break;
                case ArgTag.Generator:
                    native[i].Bits = Unsafe.As<Generator>(arg.Owner!).Handle;
                    break;
                default:
                    native[i].Bits = (nint)arg.Bits;
                    break;
            }
        }

        var count = Native.ts_call(op, native, args.Length, outputs, capacity);
        foreach (ref readonly var arg in args) GC.KeepAlive(arg.Owner);
        GC.KeepAlive(spilled);
        return count >= 0 ? count : throw Errors.Last();
    }

    // Lists live on the stack while they fit, else in an array that the collector does not move.
    private static long* Room(int words, long* scratch, ref int used, ref List<object>? spilled)
    {
        if (used + words <= ScratchWords)
        {
            used += words;
            return scratch + used - words;
        }

        var array = GC.AllocateUninitializedArray<long>(words, pinned: true);
        (spilled ??= []).Add(array);
        return (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
    }

    private nint Resolve()
    {
        var found = Find();
        return found != 0 ? found : throw Errors.Last();
    }

    private nint Find()
    {
        var found = Native.ts_op(name, overload);
        foreach (var alternative in alternatives)
        {
            if (found != 0) break;
            found = Native.ts_op(alternative, overload);
        }

        return handle = found;
    }
}
