using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A random number generator.</summary>
    public class Generator : IDisposable
    {
        public IntPtr Handle { get; private set; }

        public Device device { get; private set; }

        internal Generator(nint handle, Device device)
        {
            Handle = handle;
            this.device = device;
        }

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Handle = Errors.Check(Native.ts_generator_new(seed, (int)this.device.type, this.device.index));
        }

        ~Generator() => Dispose(false);

        /// <summary>The CPU's default generator: the one <see cref="manual_seed(long)"/> seeds.</summary>
        public static Generator Default => new(Errors.Check(Native.ts_generator_default((int)DeviceType.CPU, -1)), CPU);

        /// <summary>The whole state, a Byte tensor.</summary>
        public Tensor get_state() => new(Errors.Check(Native.ts_generator_state(Handle)));

        public void set_state(Tensor value)
        {
            Errors.Check(Native.ts_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            Errors.Check(Native.ts_generator_set_seed(Handle, (ulong)seed));
            return this;
        }

        /// <summary>Seeds from the clock and returns the seed.</summary>
        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            _ = manual_seed(seed);
            return seed;
        }

        public long initial_seed() => (long)Native.ts_generator_seed(Handle);

        protected virtual void Dispose(bool disposing)
        {
            var handle = Handle;
            Handle = 0;
            if (handle != 0) Native.ts_generator_free(handle);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Seeds the default generators of every device.</summary>
    /// <returns>A handle on the CPU's default generator.</returns>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            Errors.Check(Native.ts_manual_seed((ulong)seed));
            return Generator.Default;
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
