using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Ir;

public class IrValidatorTests
{
    private static readonly IrInput n = new("n", IrInputRole.PrivateArgument, IrType.Integer(Interval.Unsigned(16)), ScalarLayout.Unsigned(16), ScalarFormat.Integer);
    private static readonly IrFailure failure = IrFailure.Of(FailureKind.Assert, "E", "");

    [Fact]
    public void A_function_of_the_builder_is_valid() => IrValidator.Check(Function());

    public static TheoryData<string> Breaches => [.. Broken().Keys];

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_broken_rule_is_found(string rule)
    {
        var bug = Assert.Throws<InvalidOperationException>(() => IrValidator.Check(Broken()[rule]));
        Assert.StartsWith("compiler bug", bug.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, IrFunction> Broken()
    {
        var valid = Function();
        return new(StringComparer.Ordinal)
        {
            ["an operand is read before its definition"] = Replace(1, valid.Instructions[1] with { Op = new IrNot(new(2)) }),
            ["a value is defined out of order"] = Replace(1, valid.Instructions[1] with { Result = new(2) }),
            ["an input is read twice"] = Replace(1, valid.Instructions[1] with { Op = new IrInputOp(0) }),
            ["an input does not exist"] = Replace(0, valid.Instructions[0] with { Op = new IrInputOp(1) }),
            ["an input is never read"] = Replace(0, valid.Instructions[0] with { Op = new IrConstant(Scalar.Of(3)) }),
            ["an interval is wider than the rule's"] = valid with { Types = valid.Types.SetItem(2, IrType.Integer(new(0, 1_000_000))) },
            ["an interval is not that of the rule"] = valid with { Types = valid.Types.SetItem(0, IrType.Integer(new(-1, 5))) },
            ["kinds differ"] = Replace(2, valid.Instructions[2] with { Op = new IrBinary(IrBinaryKind.And, new(0), new(1)) }),
            ["a message prints what is not defined"] = Replace(
                4, valid.Instructions[4] with { Op = new IrRequire(new(3), failure with { Message = [new MessagePart("", new IrValue(9))] }) }),
            ["an output does not fit its layout"] = valid with
            {
                Outputs = [new("o", IrOutputRole.Result, new(2), ScalarLayout.Unsigned(16), ScalarFormat.Integer)],
            },
            ["a public is of another kind"] = valid with { Publics = [new("p", new(3), ScalarLayout.Tag)] },
            ["a divisor may be zero"] = Replace(2, valid.Instructions[2] with { Op = new IrDivRem(new(1), new(0)) }),
            ["two inputs have one name"] = valid with { Inputs = [n, n] },
        };

        IrFunction Replace(int at, IrInstruction instruction) =>
            valid with { Instructions = valid.Instructions.SetItem(at, instruction) };
    }

    /// <summary>0 n; 1 the constant 5; 2 n + 5; 3 n &lt; 5; and a requirement.</summary>
    private static IrFunction Function()
    {
        var builder = new IrBuilder();
        var input = builder.Input(n);
        var five = builder.Constant(5);
        var sum = builder.Add(input, five);
        builder.Require(builder.Less(input, five), failure);
        return builder.Build("f", IrFunctionKind.Expression, 0, [], [new("o", IrOutputRole.Result, sum, ScalarLayout.Unsigned(32), ScalarFormat.Integer)]);
    }
}
