using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Ops.bernoulli.Call(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Ops.bernoulli___float.InPlace(this, this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Ops.bernoulli___Tensor.InPlace(this, this, p, generator);

        public Tensor poisson(Generator? generator = null) => Ops.poisson.Call(this, generator);

        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Ops.log_normal_.InPlace(this, this, mean, std, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Ops.multinomial.Call(this, num_samples, replacement, generator);

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Ops.normal_.InPlace(this, this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Ops.uniform_.InPlace(this, this, from, to, generator);

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Ops.exponential_.InPlace(this, this, lambda, generator);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Ops.random___from.InPlace(this, this, (long)from, (long)to, generator);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.rand_like.Call(this, dtype, Arg.None, device).requires_grad_(requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.randn_like.Call(this, dtype, Arg.None, device).requires_grad_(requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.randint_like__low_dtype.Call(this, low, high, dtype, Arg.None, device).requires_grad_(requires_grad);
    }
}
