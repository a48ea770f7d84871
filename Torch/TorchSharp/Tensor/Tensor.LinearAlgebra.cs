using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Ops.matmul.Call(this, target);

        public Tensor mm(Tensor target) => Ops.mm.Call(this, target);

        public Tensor mv(Tensor target) => Ops.mv.Call(this, target);

        public Tensor bmm(Tensor batch2) => Ops.bmm.Call(this, batch2);

        /// <summary>beta * this + alpha * batch1 @ batch2.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Ops.baddbmm.Call(this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Ops.addmm.Call(this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor dot(Tensor target) => Ops.dot.Call(this, target);

        public Tensor outer(Tensor vec2) => Ops.outer.Call(this, vec2);

        public Tensor ger(Tensor vec2) => outer(vec2);

        public Tensor kron(Tensor other) => Ops.kron.Call(this, other);

        public Tensor inner(Tensor vec2) => Ops.inner.Call(this, vec2);

        public Tensor inverse() => Ops.linalg_inv.Call(this);
    }
}
