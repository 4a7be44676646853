using System.Numerics;
using System.Text;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Runs the Core IR on integers: the meaning of a program, against which circuits are compared.</summary>
public static class Interpreter
{
    /// <summary>Runs a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">A value for each of its inputs, by name. Others are ignored.</param>
    /// <exception cref="ArgumentException">An input has no value, or one of another kind.</exception>
    public static RunResult Run(IrFunction function, IReadOnlyDictionary<string, Scalar> inputs)
    {
        var values = new Scalar[function.Inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!inputs.TryGetValue(function.Inputs[i].Name, out values[i]))
                throw new ArgumentException($"The input {function.Inputs[i].Name} has no value.", nameof(inputs));
        }

        return Run(function, values);
    }

    /// <summary>Runs a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">A value for each of its inputs, in their order.</param>
    /// <exception cref="ArgumentException">A value is missing or of another kind.</exception>
    public static RunResult Run(IrFunction function, ReadOnlySpan<Scalar> inputs)
    {
        if (inputs.Length != function.Inputs.Length)
            throw new ArgumentException($"{function.Name} has {function.Inputs.Length} inputs.", nameof(inputs));
        var values = new Scalar[function.Types.Length];
        foreach (var (result, op, mark) in function.Instructions)
        {
            switch (op)
            {
                case IrInputOp { Index: var index }:
                    var input = function.Inputs[index];
                    if (inputs[index].Kind != input.Type.Kind)
                        throw new ArgumentException($"The input {input.Name} is of another kind.", nameof(inputs));
                    if (input.Type.Kind == ScalarKind.Integer && !input.Type.Interval.Contains(inputs[index].Number))
                    {
                        var outside = IrFailure.Of(FailureKind.Range, IrFailure.OutOfRange, $"{input.Name} {input.Format.Print(inputs[index])} does not fit {input.Layout}");
                        return Fail(function, outside, mark, values);
                    }

                    values[result.Id] = inputs[index];
                    break;
                case IrNarrow n:
                    if (!n.Interval.Contains(values[n.Value.Id].Number))
                        return Fail(function, n.Failure, mark, values);
                    values[result.Id] = values[n.Value.Id];
                    break;
                case IrRequire r:
                    if (!values[r.Condition.Id].IsTrue)
                        return Fail(function, r.Failure, mark, values);
                    break;
                default:
                    Evaluate(op, result, values);
                    break;
            }
        }

        return new(function, [.. function.Outputs.Select(o => values[o.Value.Id])], [.. function.Publics.Select(p => values[p.Value.Id])]);
    }

    /// <summary>Computes an operation that cannot fail; passes fold constants with it.</summary>
    internal static void Evaluate(IrOp op, IrValue result, Scalar[] values)
    {
        switch (op)
        {
            case IrConstant constant:
                values[result.Id] = constant.Value;
                break;
            case IrBinary b:
                values[result.Id] = Evaluate(b.Kind, values[b.Left.Id], values[b.Right.Id]);
                break;
            case IrDivRem d:
                var (n, divisor) = (values[d.Numerator.Id].Number, values[d.Divisor.Id].Number);
                var quotient = Interval.FloorDivide(n, divisor);
                values[result.Id] = Scalar.Of(quotient);
                values[result.Id + 1] = Scalar.Of(n - (quotient * divisor));
                break;
            case IrNot n1:
                values[result.Id] = Scalar.Of(!values[n1.Value.Id].IsTrue);
                break;
            case IrSelect s:
                values[result.Id] = values[(values[s.Condition.Id].IsTrue ? s.WhenTrue : s.WhenFalse).Id];
                break;
            case IrHash h:
                values[result.Id] = Scalar.Of(Digests.Of(h.Tag, [.. h.Parts.Select(p => (values[p.Value.Id], p.Layout))]));
                break;
            default:
                throw new InvalidOperationException($"compiler bug: no meaning for {op.GetType().Name}");
        }
    }

    private static Scalar Evaluate(IrBinaryKind kind, Scalar left, Scalar right) => kind switch
    {
        IrBinaryKind.Add => Scalar.Of(left.Number + right.Number),
        IrBinaryKind.Subtract => Scalar.Of(left.Number - right.Number),
        IrBinaryKind.Multiply => Scalar.Of(left.Number * right.Number),
        IrBinaryKind.Less => Scalar.Of(left.Number < right.Number),
        IrBinaryKind.Equal => Scalar.Of(left == right),
        IrBinaryKind.And => Scalar.Of(left.IsTrue && right.IsTrue),
        IrBinaryKind.Or => Scalar.Of(left.IsTrue || right.IsTrue),
        _ => throw new InvalidOperationException($"compiler bug: no meaning for {kind}"),
    };

    private static RunResult Fail(IrFunction function, IrFailure failure, int mark, Scalar[] values)
    {
        var message = new StringBuilder();
        foreach (var part in failure.Message)
        {
            message.Append(part.Text);
            if (part.Numerator is not { } numerator)
                continue;
            message.Append(values[numerator.Id] is { Kind: ScalarKind.Integer } integer
                ? part.Format.Print(integer.Number, part.Denominator is { } d ? values[d.Id].Number : BigInteger.One)
                : part.Format.Print(values[numerator.Id]));
        }

        return new(function, new RunFailure(failure, function.Marks[mark], message.ToString()));
    }
}
