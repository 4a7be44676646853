using Antlr4.Runtime;
using ProvingLayer.Language.Grammar;

namespace ProvingLayer.Language.Parsing;

/// <summary>What brackets and indentation say about a stretch of tokens that the grammar does not accept.</summary>
internal static class Brackets
{
    /// <summary>The bracket that a closing one closes.</summary>
    public static int? OpenerOf(int type) => type switch
    {
        TenorParser.RBRACE => TenorParser.LBRACE,
        TenorParser.RPAREN => TenorParser.LPAREN,
        TenorParser.RBRACKET => TenorParser.LBRACKET,
        _ => null,
    };

    /// <summary>The innermost bracket of a type that is open before a token.</summary>
    public static IToken? FindOpener(TokenList tokens, int index, int opener)
    {
        var depth = 0;
        for (var i = index - 1; i >= 0; i--)
        {
            var type = tokens[i].Type;
            if (IsCloser(type))
            {
                depth++;
            }
            else if (IsOpener(type) && --depth < 0)
            {
                return type == opener ? tokens[i] : null;
            }
        }

        return null;
    }

    /// <summary>
    /// The first token, up to and with the failing one, before which a brace ought to have been closed: it begins a line that is indented no
    /// deeper than the line that opened the brace. Null if indentation shows nothing.
    /// </summary>
    public static int? FindUnclosedByIndentation(TokenList tokens, int start, int failing)
    {
        var open = new Stack<(int Type, int Indent, int Line)>();
        var (line, indent) = (0, 0);
        for (var i = start; i <= failing; i++)
        {
            var token = tokens[i];
            var isFirst = token.Line != line && token.StopIndex >= token.StartIndex;
            if (isFirst)
            {
                (line, indent) = (token.Line, token.Column);
                if (open.Count > 0 && open.Peek() is { Type: TenorParser.LBRACE } top && top.Line != line
                    && (indent < top.Indent || (indent == top.Indent && token.Type != TenorParser.RBRACE)))
                {
                    return i;
                }
            }

            if (IsOpener(token.Type))
            {
                open.Push((token.Type, indent, line));
            }
            else if (IsCloser(token.Type) && open.Count > 0)
            {
                open.Pop();
            }
        }

        return null;
    }

    /// <summary>Whether the list around a token gives its elements names (<c>a: 1, b: 2</c>), so that a missing token is rather ':' than ','.</summary>
    public static bool TakesNames(TokenList tokens, int start, int at)
    {
        if (at < start + 2 || tokens[at - 2].Type is not (TenorParser.LPAREN or TenorParser.COMMA or TenorParser.LBRACE))
        {
            return false;
        }

        var (depth, commas) = (0, 0);
        for (var i = at - 1; i > start; i--)
        {
            var type = tokens[i].Type;
            if (IsCloser(type))
            {
                depth++;
            }
            else if (IsOpener(type) && --depth < 0)
            {
                break;
            }
            else if (depth == 0)
            {
                if (type == TenorParser.COLON)
                {
                    return true;
                }

                commas += type == TenorParser.COMMA ? 1 : 0;
            }
        }

        return commas == 0;
    }

    /// <summary>
    /// Where the expression begins that a closing bracket without opener ends: after the nearest token that cannot be inside it. Null if the
    /// expression is a single operand: then the bracket rather ends a list of arguments.
    /// </summary>
    public static int? StartOfOperand(TokenList tokens, int start, int at)
    {
        var (depth, isOperation) = (0, false);
        for (var i = at - 1; i > start; i--)
        {
            var type = tokens[i].Type;
            if (IsCloser(type))
            {
                depth++;
            }
            else if (IsOpener(type) ? --depth < 0 : depth == 0 && EndsOperand(type))
            {
                return isOperation ? i + 1 : null;
            }
            else
            {
                isOperation |= depth == 0 && type is TenorParser.PLUS or TenorParser.MINUS or TenorParser.STAR or TenorParser.SLASH or TenorParser.PERCENT;
            }
        }

        return null;
    }

    private static bool EndsOperand(int type) => type is TenorParser.SEMI or TenorParser.ASSIGN or TenorParser.PLUSASSIGN or TenorParser.MINUSASSIGN
        or TenorParser.COLON or TenorParser.COMMA or TenorParser.REQUIRE or TenorParser.ASSERT or TenorParser.MOVE or TenorParser.AT or TenorParser.IF
        or TenorParser.MATCH or TenorParser.FATARROW or TenorParser.ENSURES or TenorParser.ANDAND or TenorParser.OROR or TenorParser.EQ
        or TenorParser.NE or TenorParser.LT or TenorParser.GT or TenorParser.LE or TenorParser.GE;

    private static bool IsOpener(int type) => type is TenorParser.LBRACE or TenorParser.LPAREN or TenorParser.LBRACKET;

    private static bool IsCloser(int type) => type is TenorParser.RBRACE or TenorParser.RPAREN or TenorParser.RBRACKET;
}
